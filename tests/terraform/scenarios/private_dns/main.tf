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

resource "baiducloud_localdns_privatezone" "zone" {
  zone_name = "stack.internal"
}

resource "baiducloud_localdns_record" "www" {
  zone_id     = baiducloud_localdns_privatezone.zone.id
  rr          = "www"
  type        = "A"
  value       = var.changed ? "192.168.1.2" : "192.168.1.1"
  ttl         = 60
  description = local.description
}

output "imports" {
  value = {
    "baiducloud_localdns_privatezone.zone" = baiducloud_localdns_privatezone.zone.id
  }
}
