output "front" {
  value = baiducloud_eip.front.id
}

output "servers" {
  value = baiducloud_instance.server[*].internal_ip
}
