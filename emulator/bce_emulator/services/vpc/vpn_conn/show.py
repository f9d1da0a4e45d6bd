"""How a VPN connection is shown."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.times import beijing_time
from bce_emulator.services.vpc.vpn.resource import Vpn
from bce_emulator.services.vpc.vpn_conn.resource import VpnConn


class IkeView(TypedDict):
    """How the ends find each other; the life has its unit behind it, which clients cut off."""

    ikeVersion: str
    ikeMode: str
    ikeEncAlg: str
    ikeAuthAlg: str
    ikePfs: str
    ikeLifeTime: str


class IpsecView(TypedDict):
    """How the traffic is protected; the life likewise."""

    ipsecEncAlg: str
    ipsecAuthAlg: str
    ipsecPfs: str
    ipsecLifetime: str


class VpnConnView(TypedDict):
    """A tunnel; ``localIp`` is the EIP of its gateway, or an empty text."""

    vpnConnId: str
    vpnConnName: str
    description: str
    vpnId: str
    cgwId: str
    status: str
    healthStatus: str
    localIp: str
    localSubnets: list[str]
    remoteIp: str
    remoteSubnets: list[str]
    secretKey: str
    createdTime: str
    ikeConfig: IkeView
    ipsecConfig: IpsecView


def show_vpn_conn(account: AccountRegion, tunnel: VpnConn) -> VpnConnView:
    """A tunnel by the API's member names, with its key, as the cloud does."""
    vpn = account.find(Vpn, tunnel.vpn_id)
    return {
        "vpnConnId": tunnel.id,
        "vpnConnName": tunnel.name,
        "description": tunnel.desc,
        "vpnId": tunnel.vpn_id,
        "cgwId": tunnel.cgw_id,
        "status": tunnel.status,
        "healthStatus": "reachable",
        "localIp": vpn.public_ip if vpn else "",
        "localSubnets": list(tunnel.local_subnets),
        "remoteIp": tunnel.remote_ip,
        "remoteSubnets": list(tunnel.remote_subnets),
        "secretKey": tunnel.secret_key,
        "createdTime": beijing_time(tunnel.created),
        "ikeConfig": {
            "ikeVersion": tunnel.ike.version,
            "ikeMode": tunnel.ike.mode,
            "ikeEncAlg": tunnel.ike.encryption,
            "ikeAuthAlg": tunnel.ike.authentication,
            "ikePfs": tunnel.ike.group,
            "ikeLifeTime": f"{tunnel.ike.life}s",
        },
        "ipsecConfig": {
            "ipsecEncAlg": tunnel.ipsec.encryption,
            "ipsecAuthAlg": tunnel.ipsec.authentication,
            "ipsecPfs": tunnel.ipsec.group,
            "ipsecLifetime": f"{tunnel.ipsec.life}s",
        },
    }
