data "baiducloud_zones" "all" {}

locals {
  zone = data.baiducloud_zones.all.zones[0].zone_name
  tiers = {
    front = "192.168.1.0/24"
    apps  = "192.168.2.0/24"
    data  = "192.168.3.0/24"
  }
}

resource "baiducloud_vpc" "stack" {
  name = "stack"
  cidr = "192.168.0.0/16"
}

resource "baiducloud_vpc" "office" {
  name = "office"
  cidr = "10.0.0.0/16"
}

resource "baiducloud_subnet" "tier" {
  for_each = local.tiers

  name      = each.key
  cidr      = each.value
  zone_name = local.zone
  vpc_id    = baiducloud_vpc.stack.id
}

resource "baiducloud_security_group" "web" {
  name   = "web"
  vpc_id = baiducloud_vpc.stack.id
}

resource "baiducloud_security_group_rule" "https" {
  security_group_id = baiducloud_security_group.web.id
  remark            = "https from everywhere"
  protocol          = "tcp"
  port_range        = "443"
  direction         = "ingress"
  source_ip         = "all"
}

resource "baiducloud_acl" "data" {
  subnet_id              = baiducloud_subnet.tier["data"].id
  protocol               = "tcp"
  source_ip_address      = "192.168.2.0/24"
  destination_ip_address = "192.168.3.0/24"
  source_port            = "1-65535"
  destination_port       = "3306"
  position               = 20
  direction              = "ingress"
  action                 = "allow"
}

resource "baiducloud_eip" "nat" {
  name              = "nat"
  bandwidth_in_mbps = var.bandwidth
  billing_method    = "ByTraffic"
  payment_timing    = "Postpaid"
}

resource "baiducloud_nat_gateway" "out" {
  name   = "out"
  vpc_id = baiducloud_vpc.stack.id
  spec   = "small"
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_eip_association" "nat" {
  eip           = baiducloud_eip.nat.id
  instance_type = "NAT"
  instance_id   = baiducloud_nat_gateway.out.id
}

resource "baiducloud_peer_conn" "office" {
  bandwidth_in_mbps = 10
  local_vpc_id      = baiducloud_vpc.stack.id
  peer_vpc_id       = baiducloud_vpc.office.id
  peer_region       = split("-", local.zone)[1]
  billing = {
    payment_timing = "Postpaid"
  }
}
