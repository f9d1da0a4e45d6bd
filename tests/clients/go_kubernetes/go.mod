module bce-emulator/tests/clients/go_kubernetes

go 1.22

require github.com/baidubce/bce-sdk-go v0.9.277
