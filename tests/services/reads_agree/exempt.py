"""What no read shows, and why: members without a row, operations and products without any."""

from __future__ import annotations

from tests.services.reads_agree.hpas import SET_NOTHING_OF_HPAS
from tests.services.reads_agree.servers import SET_NOTHING_OF_SERVERS

SHOWS_NOTHING = {
    "clientToken": "makes a call safe to repeat",
    "localDiskSizeInGB": "is refused where no such disk would be made",
    "dataVolumes": "each is a volume, which has rows of its own",
    "autoSnapshotPolicy": "is an object in a list, which CreateCDSVolumeV3 and AttachAsp set too",
    "shareSnapshotId": "is made by another account",
    "fpgaCard": "excludes gpuCard, and goes the same way",
    "bcc.CreateBidInstance gpuCard": "CreateInstance sets it by the same code",
    "bcc.CreateBidInstance cardCount": "likewise",
    "bcc.CreateInstanceBySpec enableDeleteProtection": "is shown as deletionProtection",
    "bcc.CreateKeypair publicKey": "is refused",
    "vpc.BatchAddPrivateIpCrossSubnet subnetId": "is the subnet of the addresses, not of the card",
    "bcc.CreateInstanceV3 ipv6": "is a choice, and what it gives an address",
}
"""Members of requests that have no row, and why: of all operations, or of one."""
SETS_NOTHING = {
    "bcc.BatchRebootInstance", "bcc.BatchStartInstance", "bcc.RebootInstance", "bcc.StartInstance", "bcc.EnterRescueMode",
    "bcc.ExitRescueMode", "bcc.RollbackVolume", "vpc.ActiveStandbySwitchover",  # change a status only
    "bcc.BatchRefundResource", "bcc.ReleaseInstanceByPost", "bcc.ReleaseMultipleInstanceByPost", "bcc.ReleaseVolume",
    "bcc.InstanceRecovery", "bcc.CancelBidOrder", "bcc.CancelRemoteCopyImage",  # something leaves, or comes back
    "bcc.RefundVolumeCluster",  # leaves
    "bcc.BindTagImage", "bcc.UnbindTagImage", "bcc.UnbindTagSnapchain",  # no read shows tags of these
    "bcc.CreateSnapshotShare", "bcc.CancelSnapshotShare", "bcc.RemoteCopyImage", "bcc.RemoteCopySnapshot",  # in other places
    "eip.BandwidthPackageInquiry", "eip.EipInquiry", "eip.SharedBandwidthInquiry", "eip.SharedDataPackageInquiry",  # prices
    "bcc.CreateReservedInstanceTransfer", "bcc.AcceptReservedInstanceTransfer", "bcc.RefuseReservedInstanceTransfer",
    "bcc.RevokeReservedInstanceTransfer",  # something leaves, or stays
    "eip.ReleaseEip", "eip.ReleaseEipBp", "eip.ReleaseEipFromRecycle", "eip.ReleaseEipGroup", "eip.RefundEip",
    "eip.RefundEipGroup", "eip.RestoreEipFromRecycle", "eip.CreateEipTransfer", "eip.ReceiveEipTransfer",
    "eip.RejectEipTransfer", "eip.CancelEipTransfer", "vpc.RemoveEni", "vpc.ReleaseNat",  # something leaves, or comes back
    "eip.AddTbspAreaBlocking", "eip.RemoveTbspAreaBlocking", "eip.AddTbspIpWhitelist", "eip.RemoveTbspIpWhitelist",
    "eip.RemoveTbspProtocolBlocking", "eip.EnableTbspIpClean",  # likewise, and the response does not name it
    "eip.StartEipAutoRenew", "eip.StopEipAutoRenew", "eip.DirectEip", "eip.UnDirectEip",  # no read shows it
    "vpc.AcceptPeerConn", "vpc.RejectPeerConn", "vpc.RefundPeerConn", "vpc.ReleasePeerConn", "vpc.ReleaseVpn",
    "vpc.ReleaseDedicatedGateway",  # change a status, or leave
    "resourcemanager.BindResourceToGroup", "resourcemanager.RemoveResourceFromGroup",
    "resourcemanager.ChangeResourceGroup",  # about resources of all kinds; only GetResGroupBatch shows it
    "vpc.UpdateSnicSg", "vpc.UpdateSnicEsg",  # no read shows the groups of these
    "blb.CreateAppBlbTcpListener", "blb.CreateAppBlbUdpListener", "blb.CreateAppBlbHttpListener",
    "blb.CreateAppBlbHttpsListener", "blb.CreateAppBlbSslListener", "blb.CreateListenerAppblb",
    "blb.CreateListener", "blb.ModifyListenerAttributesAppblb", "blb.AddAppBlbServerGroupRs", "blb.CreateAppBlbIpGroupMember",
    "blb.CreateBlbTcpListener", "blb.CreateBlbUdpListener", "blb.CreateBlbHttpListener", "blb.CreateBlbHttpsListener",
    "blb.CreateBlbSslListener", "blb.AddBlbServer",
    # the response does not name what was made; the updates set the same by the same code
    "blb.ReleaseBlb", "blb.ReleaseAppBlb", "blb.RefundBlb", "blb.BlbInquiry",  # something leaves; a price
    "blb.BillingChangeCancelToPostBlb", "blb.StartLoadBalancerAutoRenew",  # no read shows it before the term is over
    "blb.BindBlbSecurityGroup", "blb.UnbindBlbSecurityGroup", "blb.BindBlbEnterpriseSecurityGroup",
    "blb.UnbindBlbEnterpriseSecurityGroup",  # one read shows the groups, each as a whole
    "bcc.ModifyInstancePassword",  # a secret, which nobody shows
} | SET_NOTHING_OF_SERVERS | SET_NOTHING_OF_HPAS  # fmt: skip
"""Operations whose members no read shows."""
ELSEWHERE = {
    "sts",  # shows no resource
}
"""Products that have no rows here."""
LOOKS = (
    "Get",
    "List",
    "Query",
    "View",
    "Search",
    "Describe",
    "Detail",
    "KeypairDetail",
    "EhcClusterList",
    "UserGatewayList",
    "UserGatewayDetails",
)
