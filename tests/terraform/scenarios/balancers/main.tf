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
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_subnet" "part" {
  name      = "part"
  zone_name = data.baiducloud_zones.all.zones[0].zone_name
  cidr      = "192.168.1.0/24"
  vpc_id    = baiducloud_vpc.net.id
}

resource "baiducloud_blb" "front" {
  name        = "front"
  description = local.description
  vpc_id      = baiducloud_vpc.net.id
  subnet_id   = baiducloud_subnet.part.id
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_blb_listener" "tcp" {
  blb_id        = baiducloud_blb.front.id
  listener_port = 80
  backend_port  = 80
  protocol      = "TCP"
  scheduler     = "RoundRobin"
}

resource "baiducloud_appblb" "apps" {
  name        = "apps"
  description = local.description
  vpc_id      = baiducloud_vpc.net.id
  subnet_id   = baiducloud_subnet.part.id
  billing = {
    payment_timing = "Postpaid"
  }
}

output "imports" {
  value = {
    "baiducloud_blb.front"   = baiducloud_blb.front.id
    "baiducloud_appblb.apps" = baiducloud_appblb.apps.id
  }
}
