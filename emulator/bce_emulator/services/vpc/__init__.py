"""Virtual networks, subnets and routes. https://cloud.baidu.com/doc/VPC/index.html"""
