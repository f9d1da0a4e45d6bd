module bce-emulator/tests/clients/go1_0_9_131

go 1.22

require github.com/baidubce/bce-sdk-go v0.9.131
