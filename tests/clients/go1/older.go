//go:build v0_9_131

package main

import "github.com/baidubce/bce-sdk-go/services/bcc/api"

// What version 0.9.131 declares otherwise than the newest.

func tryReboot(id string, force bool) error { return client.RebootInstance(id, force) }

func tryPassword(id, password string) error {
	return client.ChangeInstancePass(id, &api.ChangeInstancePassArgs{AdminPass: password})
}

func tryResizeVolume(id string, size int) error {
	return client.ResizeCDSVolume(id, &api.ResizeCSDVolumeArgs{NewCdsSizeInGB: size})
}

func attachKeypair(keypair, id string) {
	check(client.AttachKeypair(&api.AttackKeypairArgs{KeypairId: keypair, InstanceIds: []string{id}}))
}

func detachKeypair(keypair, id string) {
	check(client.DetachKeypair(&api.DetachKeypairArgs{KeypairId: keypair, InstanceIds: []string{id}}))
}

func readBackNewer(api.InstanceModel) {}

func batch() { panic(cannot("this version has no call for several instances")) }

func newerServices() (floats, guards, groups, applications any) {
	return struct{}{}, struct{}{}, struct{}{}, struct{}{}
}

func sealed(password string) string { return password }

// The sweep leaves out what this version does not have.
const allMethods = false
