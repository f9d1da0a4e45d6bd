package main

import (
	"net/netip"
	"slices"
	"sort"

	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	"github.com/baidubce/bce-sdk-go/services/vpc"
)

// What stands around instances.

func volumes() {
	id := running()
	made := must(client.CreateCDSVolume(&api.CreateCDSVolumeArgs{
		PurchaseCount: 1, CdsSizeInGB: 50, StorageType: api.StorageTypeCloudHP1, ZoneName: zone,
		Billing: &api.Billing{PaymentTiming: api.PaymentTimingPostPaid},
	}))
	volume := made.VolumeIds[0]
	status := func() api.VolumeStatus { return must(client.GetCDSVolumeDetail(volume)).Volume.Status }
	expect(status(), "Creating")
	settle()
	attached := must(client.AttachCDSVolume(volume, &api.AttachVolumeArgs{InstanceId: id}))
	expect(attached.VolumeAttachment.InstanceId, id)
	settle()
	expect(status(), api.VolumeStatusINUSE)
	types := []string{}
	for _, each := range must(client.ListCDSVolume(&api.ListCDSVolumeArgs{InstanceId: id})).Volumes {
		types = append(types, string(each.Type))
	}
	sort.Strings(types)
	expect(types, []string{"Cds", "System"})
	refused(client.DeleteCDSVolume(volume), 409, "Volume.DiskStatusCannotBeDeleted")
	check(client.DetachCDSVolume(volume, &api.DetachVolumeArgs{InstanceId: id}))
	settle()
	check(tryResizeVolume(volume, 100))
	settle()
	expect(must(client.GetCDSVolumeDetail(volume)).Volume.DiskSizeInGB, 100)
	check(client.DeleteCDSVolume(volume))
	settle()
	_, err := client.GetCDSVolumeDetail(volume)
	refused(err, 404, "NoSuchObject")
}

func images() {
	systems := map[string]bool{}
	for _, each := range must(client.ListImage(&api.ListImageArgs{ImageType: "System"})).Images {
		systems[each.OsType] = true
	}
	expect(systems, map[string]bool{"linux": true, "windows": true})
	made := must(client.CreateImage(&api.CreateImageArgs{ImageName: "mine", InstanceId: running()})).ImageId
	expect(must(client.GetImageDetail(made)).Image.Status, "Creating")
	settle()
	seen := must(client.GetImageDetail(made)).Image
	expect([]string{string(seen.Status), seen.Name}, []string{"Available", "mine"})
	check(client.ShareImage(made, &api.SharedUser{AccountId: "test"}))
	expect(len(must(client.GetImageSharedUser(made)).Users), 1)
	check(client.UnShareImage(made, &api.SharedUser{AccountId: "test"}))
	check(client.DeleteImage(made))
	_, err := client.GetImageDetail(made)
	refused(err, 404, "NoSuchObject")
}

func keypairs() {
	id := stopped()
	made := must(client.CreateKeypair(&api.CreateKeypairArgs{Name: "mine", Description: "what it opens"})).Keypair
	expect(made.PrivateKey != "", true)
	listed := must(client.ListKeypairs(&api.ListKeypairArgs{})).Keypairs
	expect(slices.ContainsFunc(listed, func(each api.KeypairModel) bool { return each.KeypairId == made.KeypairId }), true)
	attachKeypair(made.KeypairId, id)
	expect(must(client.GetKeypairDetail(made.KeypairId)).Keypair.InstanceCount, 1)
	detachKeypair(made.KeypairId, id)
	check(client.RenameKeypair(&api.RenameKeypairArgs{KeypairId: made.KeypairId, Name: "renamed"}))
	expect(must(client.GetKeypairDetail(made.KeypairId)).Keypair.Name, "renamed")
	check(client.DeleteKeypair(&api.DeleteKeypairArgs{KeypairId: made.KeypairId}))
	_, err := client.GetKeypairDetail(made.KeypairId)
	refused(err, 404, "Keypair.KeypairNotExist")
}

func rule(port string) api.SecurityGroupRuleModel {
	return api.SecurityGroupRuleModel{
		Remark: "open", Direction: "ingress", Ethertype: "IPv4", Protocol: "tcp", PortRange: port, SourceIp: "all",
	}
}

func securityGroups() {
	id := running()
	group := must(client.CreateSecurityGroup(&api.CreateSecurityGroupArgs{
		Name: "web", Rules: []api.SecurityGroupRuleModel{rule("80")},
	})).SecurityGroupId
	more := rule("443")
	check(client.AuthorizeSecurityGroupRule(group, &api.AuthorizeSecurityGroupArgs{Rule: &more}))
	ports := []string{}
	for _, each := range must(client.ListSecurityGroup(&api.ListSecurityGroupArgs{})).SecurityGroups {
		for _, open := range each.Rules {
			if each.Id == group && open.Direction == "ingress" {
				ports = append(ports, open.PortRange)
			}
		}
	}
	sort.Strings(ports)
	expect(ports, []string{"443", "80"})
	check(client.BindSecurityGroup(id, group))
	refused(client.DeleteSecurityGroup(group), 409, "SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted")
	check(client.UnBindSecurityGroup(id, group))
	check(client.DeleteSecurityGroup(group))
	refused(client.DeleteSecurityGroup(group), 404, "NoSuchObject")
}

func deploySets() {
	made := must(client.CreateDeploySet(&api.CreateDeploySetArgs{Name: "spread", Desc: "apart", Strategy: "HOST_HA"}))
	set := made.DeploySetId
	id := create(1, func(args *api.CreateInstanceBySpecArgs) { args.DeployIdList = []string{set} })[0]
	settle()
	seen := must(client.GetDeploySet(set))
	expect([]string{seen.Name, seen.Strategy}, []string{"spread", "HOST_HA"})
	expect(must(client.GetInstanceDetailWithDeploySet(id, true)).Instance.InstanceId, id)
	check(client.DeleteInstance(id))
	settle()
	check(client.DeleteDeploySet(set))
	_, err := client.GetDeploySet(set)
	refused(err, 400, "BadRequest")
}

func subnets() {
	net := must(network.CreateVPC(&vpc.CreateVPCArgs{Name: "net", Cidr: "10.0.0.0/16"})).VPCID
	part := must(network.CreateSubnet(&vpc.CreateSubnetArgs{Name: "part", ZoneName: zone, Cidr: "10.0.1.0/24", VpcId: net}))
	id := create(1, func(args *api.CreateInstanceBySpecArgs) { args.SubnetId = part.SubnetId })[0]
	settle()
	address := must(netip.ParseAddr(instance(id).InternalIP))
	expect(netip.MustParsePrefix("10.0.1.0/24").Contains(address), true)
	refused(network.DeleteSubnet(part.SubnetId, ""), 409, "ResourceNeedRelease")
	check(client.DeleteInstance(id))
	settle()
	check(network.DeleteSubnet(part.SubnetId, ""))
	check(network.DeleteVPC(net, ""))
	_, err := network.GetVPCDetail(net)
	refused(err, 404, "NoSuchObject")
}
