"""What a list of 1,000 costs, by kind, in processor time of one thread: rendered anew, and from memory. Prints; asserts nothing."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import orjson

from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import ACCOUNT_SETTINGS
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.declare.operations import OPERATIONS, Call
from bce_emulator.settings import Settings

MANY = 1_000
TIMES = 9
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "purchaseCount": 100, "billing": {"paymentTiming": "Postpaid"}}
BILLING = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
LISTS = {
    "instances": "bcc.ListInstances",
    "addresses": "eip.QueryEipList",
    "balancers": "blb.DescribeBlbs",
    "application balancers": "blb.DescribeAppBlbs",
    "network interfaces": "vpc.ListEni",
}


def filled() -> tuple[Emulator, AccountRegion, str, Callable[..., dict]]:
    emulator = Emulator(Settings(pace="instant"))
    account = emulator.accounts.open("test").in_region("bj")
    account.clock.freeze()
    for setting in ACCOUNT_SETTINGS.values():
        if type(setting.default) is int:
            account.account.settings[setting.name] = 1_000_000
    credentials = emulator.accounts.credentials["test"]

    def call(name: str, query: tuple[tuple[str, str], ...] = (), /, **body: object) -> dict:
        return OPERATIONS[name].handle(account, {}, query, orjson.dumps(body), Call("", credentials, ""))

    vpc = call("vpc.CreateVpc", name="v", cidr="10.0.0.0/8")["vpcId"]
    subnet = call("vpc.CreateSubnet", name="s", vpcId=vpc, zoneName="cn-bj-a", cidr="10.0.0.0/12")["subnetId"]
    for _ in range(MANY // 100):
        call("bcc.CreateInstanceBySpec", subnetId=subnet, zoneName="cn-bj-a", **SPEC)
        call("eip.BatchCreateEip", bandwidthInMbps=1, count=100, billing=BILLING)
    for number in range(MANY):
        call("blb.CreateBlb", name=f"b{number}", vpcId=vpc, subnetId=subnet)
        call("blb.CreateAppBlb", name=f"a{number}", vpcId=vpc, subnetId=subnet)
        call(
            "vpc.CreateEni",
            name=f"n{number}",
            subnetId=subnet,
            privateIpSet=[{"primary": True, "privateIpAddress": ""}],
        )
    return emulator, account, vpc, call


def milliseconds(act: Callable[[], object], prepare: Callable[[], object] = lambda: None) -> float:
    spent = []
    for _ in range(TIMES):
        prepare()
        gc.collect()
        began = time.thread_time()
        act()
        spent.append((time.thread_time() - began) * 1_000)
    return statistics.median(spent)


def main() -> None:
    _, account, vpc, call = filled()

    def forget() -> None:
        for kind in resource_types().values():
            for each in account.collection(kind):
                each.rendered = None

    print(f"| a list of {MANY:,} | anew | from memory | bytes |\n| --- | --- | --- | --- |")
    for what, name in LISTS.items():
        wanted = (("vpcId", vpc),) if name == "vpc.ListEni" else ()

        def listed(name: str = name, wanted: tuple = wanted) -> bytes:
            return orjson.dumps(call(name, (("maxKeys", str(MANY)), *wanted)))

        anew, kept = milliseconds(listed, forget), milliseconds(listed)
        print(f"| {what} | {anew:.1f} ms | {kept:.2f} ms | {len(listed()):,} |")


if __name__ == "__main__":
    main()
