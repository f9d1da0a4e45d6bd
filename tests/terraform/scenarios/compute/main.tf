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

data "baiducloud_images" "centos" {
  image_type = "System"
  name_regex = "7.9.*"
  os_name    = "CentOS"
}

resource "baiducloud_instance" "server" {
  name              = "server"
  description       = local.description
  image_id          = data.baiducloud_images.centos.images[0].id
  instance_spec     = "bcc.gr1.c1m4"
  availability_zone = data.baiducloud_zones.all.zones[0].zone_name
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_cds" "disk" {
  name            = "disk"
  description     = local.description
  disk_size_in_gb = var.changed ? 20 : 10
  payment_timing  = "Postpaid"
  zone_name       = data.baiducloud_zones.all.zones[0].zone_name
}

resource "baiducloud_cds_attachment" "disk" {
  cds_id      = baiducloud_cds.disk.id
  instance_id = baiducloud_instance.server.id
}

output "imports" {
  value = {
    "baiducloud_cds.disk" = baiducloud_cds.disk.id
  }
}
