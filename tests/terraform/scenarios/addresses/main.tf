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

resource "baiducloud_eip" "address" {
  name              = "address"
  bandwidth_in_mbps = var.changed ? 20 : 10
  billing_method    = "ByTraffic"
  payment_timing    = "Postpaid"
}

output "imports" {
  value = {
    "baiducloud_eip.address" = baiducloud_eip.address.id
  }
}
