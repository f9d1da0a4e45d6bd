data "baiducloud_images" "centos" {
  image_type = "System"
  name_regex = "7.9.*"
  os_name    = "CentOS"
}

resource "baiducloud_instance" "server" {
  count = var.servers

  name              = "server-${count.index}"
  image_id          = data.baiducloud_images.centos.images[0].id
  instance_spec     = "bcc.g5.c2m8"
  availability_zone = local.zone
  subnet_id         = baiducloud_subnet.tier["apps"].id
  security_groups   = [baiducloud_security_group.web.id]
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_cds" "data" {
  count = 2

  name            = "data-${count.index}"
  disk_size_in_gb = 50
  storage_type    = "hp1"
  payment_timing  = "Postpaid"
  zone_name       = local.zone
}

resource "baiducloud_cds_attachment" "data" {
  count = 2

  cds_id      = baiducloud_cds.data[count.index].id
  instance_id = baiducloud_instance.server[count.index].id
}

resource "baiducloud_snapshot" "first" {
  name      = "first"
  volume_id = baiducloud_cds_attachment.data[0].cds_id
}

resource "baiducloud_eni" "second" {
  name               = "second"
  subnet_id          = baiducloud_subnet.tier["data"].id
  security_group_ids = [baiducloud_security_group.web.id]
  private_ip {
    primary            = true
    private_ip_address = ""
  }
}

resource "baiducloud_eni_attachment" "second" {
  eni_id      = baiducloud_eni.second.id
  instance_id = baiducloud_instance.server[0].id
}
