terraform {
  required_providers {
    baiducloud = {
      source = "baidubce/baiducloud"
    }
  }
}

# Keys, region and HTTP_PROXY come from: eval "$(bce-emulator env --for terraform)"
provider "baiducloud" {}
