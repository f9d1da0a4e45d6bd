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

resource "baiducloud_vpc" "net" {
  name = "net"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_subnet" "part" {
  name      = "part"
  zone_name = "cn-gz-a"
  cidr      = "192.168.1.0/24"
  vpc_id    = baiducloud_vpc.net.id
}

resource "baiducloud_security_group" "group" {
  name   = "group"
  vpc_id = baiducloud_vpc.net.id
}

data "baiducloud_hpas_images" "training" {
  app_type = "llama2_7B_train"
}

resource "baiducloud_hpas_instance" "model" {
  name                  = var.changed ? "changed" : "model"
  app_type              = "llama2_7B_train"
  app_performance_level = "10k"
  zone_name             = "cn-gz-a"
  image_id              = data.baiducloud_hpas_images.training.image_list[0].image_id
  subnet_id             = baiducloud_subnet.part.id
  password              = "Secret#12345"
  security_group_ids    = [baiducloud_security_group.group.id]
  tags = {
    team = var.changed ? "blue" : "red"
  }
}

resource "baiducloud_hpas_reserved_instance" "kept" {
  name                  = var.changed ? "changed" : "kept"
  app_type              = "llama2_7B_train"
  app_performance_level = "10k"
  zone_name             = "cn-gz-a"
}

output "imports" {
  value = {
    "baiducloud_hpas_instance.model" = baiducloud_hpas_instance.model.id
  }
}
