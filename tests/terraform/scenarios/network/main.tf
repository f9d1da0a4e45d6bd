terraform {
  required_providers {
    baiducloud = {
      source = "baidubce/baiducloud"
    }
  }
}

variable "changed" {
  default = false
}

locals {
  description = var.changed ? "changed" : "made"
}

data "baiducloud_zones" "all" {}

resource "baiducloud_vpc" "net" {
  name        = "net"
  description = local.description
  cidr        = "192.168.0.0/16"
}

resource "baiducloud_subnet" "part" {
  name        = "part"
  description = local.description
  zone_name   = data.baiducloud_zones.all.zones[0].zone_name
  cidr        = "192.168.1.0/24"
  vpc_id      = baiducloud_vpc.net.id
}

resource "baiducloud_security_group" "web" {
  name   = "web"
  vpc_id = baiducloud_vpc.net.id
}

resource "baiducloud_acl" "rule" {
  subnet_id              = baiducloud_subnet.part.id
  description            = local.description
  protocol               = "tcp"
  source_ip_address      = "192.168.2.0/24"
  destination_ip_address = "192.168.1.0/24"
  source_port            = "8888"
  destination_port       = "9999"
  position               = 20
  direction              = "ingress"
  action                 = "allow"
}

output "imports" {
  value = {
    "baiducloud_vpc.net"     = baiducloud_vpc.net.id
    "baiducloud_subnet.part" = baiducloud_subnet.part.id
  }
}
