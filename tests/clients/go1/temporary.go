package main

import (
	"time"

	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	sts "github.com/baidubce/bce-sdk-go/services/sts/api"
)

// Temporary keys that the SDK's own STS client mints.

const readsInstances = `{"id": "readers", "accessControlList": [{"eid": "1", "service": "bce:bcc", "region": "*",
	"effect": "Allow", "resource": ["*"], "permission": ["READ"]}]}`

func minted(acl string) *bcc.Client {
	keys := must(tokens.GetSessionToken(600, acl))
	return temporary(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken)
}

func sessionToken() {
	keys := must(tokens.GetSessionToken(600, ""))
	began, ends := must(time.Parse(time.RFC3339, keys.CreateTime)), must(time.Parse(time.RFC3339, keys.Expiration))
	expect(ends.Sub(began), 10*time.Minute)
	expect(time.Since(began) < time.Minute, true)
	worker := temporary(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken)
	made := must(worker.CreateKeypair(&api.CreateKeypairArgs{Name: "minted"})).Keypair.KeypairId
	expect(must(client.GetKeypairDetail(made)).Keypair.Name, "minted")
	check(worker.DeleteKeypair(&api.DeleteKeypairArgs{KeypairId: made}))
}

func sessionAcl() {
	reader := minted(readsInstances)
	expect(must(reader.ListZone()).Zones[0].ZoneName, zone)
	_, err := reader.CreateKeypair(&api.CreateKeypairArgs{Name: "refused"})
	refused(err, 403, "AccessDenied")
	expect(len(must(client.ListKeypairs(&api.ListKeypairArgs{})).Keypairs), 0)
}

func assumeRole() {
	keys := must(tokens.AssumeRole(&sts.AssumeRoleArgs{AccountId: accessKey, RoleName: "reader", DurationSeconds: 600}))
	expect(keys.RoleId != "", true)
	expect(keys.Expiration.Sub(keys.CreateTime), 10*time.Minute)
	role := temporary(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken)
	expect(must(role.ListZone()).Zones[0].ZoneName, zone)
}

func wrongToken() {
	keys := must(tokens.GetSessionToken(600, ""))
	_, err := temporary(keys.AccessKeyId, keys.SecretAccessKey, "another").ListZone()
	refused(err, 403, "AccessDenied")
	_, err = must(bcc.NewClient(keys.AccessKeyId, keys.SecretAccessKey, endpoint)).ListZone()
	refused(err, 403, "AccessDenied")
}
