//go:build !v0_9_131

package main

import (
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/esg"
	"github.com/baidubce/bce-sdk-go/services/havip"
	"github.com/baidubce/bce-sdk-go/services/hpas"
	"github.com/baidubce/bce-sdk-go/services/resmanager"
)

// What the newest version declares otherwise than old ones.

func tryReboot(id string, force bool) error {
	_, err := client.RebootInstance(id, force)
	return err
}

func tryPassword(id, password string) error {
	_, err := client.ChangeInstancePass(id, &api.ChangeInstancePassArgs{AdminPass: password})
	return err
}

func tryResizeVolume(id string, size int) error {
	_, err := client.ResizeCDSVolume(id, &api.ResizeCSDVolumeArgs{NewCdsSizeInGB: size})
	return err
}

func attachKeypair(keypair, id string) {
	must(client.AttachKeypair(&api.AttackKeypairArgs{KeypairId: keypair, InstanceIds: []string{id}}))
}

func detachKeypair(keypair, id string) {
	must(client.DetachKeypair(&api.DetachKeypairArgs{KeypairId: keypair, InstanceIds: []string{id}}))
}

func readBackNewer(seen api.InstanceModel) {
	expect([]string{seen.Spec, seen.Hostname}, []string{spec, "typed-host"})
	expect(seen.Volumes[0].IsSystemVolume, true)
}

func batch() {
	ids := create(3, nil)
	settle()
	are := func(status api.InstanceStatus) {
		for _, id := range ids {
			isIn(id, status)
		}
	}
	must(client.BatchStopInstance(&api.BatchStopInstanceArgs{InstanceIds: ids}))
	settle()
	are(api.InstanceStatusStopped)
	must(client.BatchStartInstance(&api.BatchStartInstanceArgs{InstanceIds: ids}))
	settle()
	answer := must(client.BatchRebootInstance(&api.BatchRebootInstanceReq{InstanceIds: ids}))
	expect(len(answer.FailedInstanceIdList), 0)
	are(api.InstanceStatusStarting)
	settle()
	_, err := client.BatchStopInstance(&api.BatchStopInstanceArgs{InstanceIds: append(ids, unknown)})
	refused(err, 404, "NoSuchObject")
	are(api.InstanceStatusRunning)
}

func newerServices() (floats, guards, groups, applications any) {
	return must(havip.NewClient(accessKey, secretKey, endpoint)), must(esg.NewClient(accessKey, secretKey, endpoint)),
		must(resmanager.NewClient(accessKey, secretKey, endpoint)), must(hpas.NewClient(accessKey, secretKey, endpoint))
}

// sealed is a password as it is sent where the SDK leaves that to its caller.
func sealed(password string) string { return must(api.Aes128EncryptUseSecreteKey(secretKey, password)) }

const allMethods = true
