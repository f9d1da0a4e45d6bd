"""Baidu Cloud Compute: instances and what they are made of. https://cloud.baidu.com/doc/BCC/index.html"""
