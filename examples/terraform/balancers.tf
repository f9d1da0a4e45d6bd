resource "baiducloud_blb" "front" {
  name      = "front"
  vpc_id    = baiducloud_vpc.stack.id
  subnet_id = baiducloud_subnet.tier["front"].id
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_blb_backend_server" "front" {
  blb_id = baiducloud_blb.front.id

  dynamic "backend_server_list" {
    for_each = baiducloud_instance.server
    content {
      instance_id = backend_server_list.value.id
      weight      = 50
    }
  }
}

locals {
  certificate = "cert-zfj2ey2z4kmm"
  listeners = {
    TCP   = 80
    UDP   = 53
    HTTP  = 8080
    HTTPS = 443
    SSL   = 9443
  }
}

resource "baiducloud_blb_listener" "front" {
  for_each = local.listeners

  blb_id              = baiducloud_blb.front.id
  listener_port       = each.value
  protocol            = each.key
  backend_port        = 80
  scheduler           = "RoundRobin"
  cert_ids            = contains(["HTTPS", "SSL"], each.key) ? [local.certificate] : null
  health_check_string = each.key == "UDP" ? "HealthCheck" : null
}

resource "baiducloud_eip" "front" {
  name              = "front"
  bandwidth_in_mbps = var.bandwidth
  billing_method    = "ByTraffic"
  payment_timing    = "Postpaid"
}

resource "baiducloud_eip_association" "front" {
  eip           = baiducloud_eip.front.id
  instance_type = "BLB"
  instance_id   = baiducloud_blb.front.id
}

resource "baiducloud_appblb" "apps" {
  name      = "apps"
  vpc_id    = baiducloud_vpc.stack.id
  subnet_id = baiducloud_subnet.tier["front"].id
  billing = {
    payment_timing = "Postpaid"
  }
}

resource "baiducloud_appblb_server_group" "apps" {
  name   = "apps"
  blb_id = baiducloud_appblb.apps.id

  backend_server_list {
    instance_id = baiducloud_instance.server[0].id
    weight      = 50
  }

  port_list {
    port         = 8080
    type         = "TCP"
    health_check = "TCP"
  }
}

resource "baiducloud_appblb_listener" "apps" {
  for_each = local.listeners

  blb_id        = baiducloud_appblb.apps.id
  listener_port = each.value
  protocol      = each.key
  scheduler     = "RoundRobin"
  cert_ids      = contains(["HTTPS", "SSL"], each.key) ? [local.certificate] : null
}
