"""The SDK as the scenarios use it: its client, requests by name, and what they all begin with."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

from baiducloud_python_sdk_bcc.api.bcc_client import BccClient
from baiducloud_python_sdk_blb.api.blb_client import BlbClient
from baiducloud_python_sdk_core.auth.bce_credentials import BceCredentials
from baiducloud_python_sdk_core.bce_client_configuration import BceClientConfiguration
from baiducloud_python_sdk_core.exception import BceHttpClientError
from baiducloud_python_sdk_core.utils import aes128_encrypt_16char_key
from baiducloud_python_sdk_eip.api.eip_client import EipClient
from baiducloud_python_sdk_vpc.api.vpc_client import VpcClient
from program import ACCESS_KEY, ENDPOINT, LINUX, PASSWORD, SECRET_KEY, SPEC, ZONE, run_due


def client_of(access_key: str = ACCESS_KEY, secret_key: str = SECRET_KEY) -> BccClient:
    configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)
    return BccClient(configuration)


def client_for(kind: type, access_key: str = ACCESS_KEY) -> Any:
    """A client of another of the packages."""
    return kind(BceClientConfiguration(BceCredentials(access_key, SECRET_KEY), ENDPOINT))


bcc = client_of()
blb, eip, vpc = client_for(BlbClient), client_for(EipClient), client_for(VpcClient)


def request_of(client: Any, method: str, members: dict[str, Any]) -> Any:
    """The request object of a method, with members named as in JSON; nested ones become the SDK's own types."""
    package = type(client).__module__.partition(".")[0]
    module = importlib.import_module(f"{package}.models.{method}_request")
    kind = next(each for name, each in vars(module).items() if name.lower() == f"{method}_request".replace("_", ""))
    needed = [
        parameter.name
        for parameter in list(inspect.signature(kind.__init__).parameters.values())[1:]
        if parameter.default is inspect.Parameter.empty
    ]
    return kind(**dict.fromkeys(needed)).from_dict(members)


def ask(method: str, client: Any = bcc, **members: Any) -> Any:
    """Call a method of a client."""
    function = getattr(client, method)
    return (
        function(request_of(client, method, members))
        if "request" in inspect.signature(function).parameters
        else function()
    )


def encrypted(password: str) -> str:
    """A password as the service wants it, which this SDK leaves to its users."""
    return aes128_encrypt_16char_key(password, SECRET_KEY.encode())


ORDER = {
    "spec": SPEC,
    "imageId": LINUX,
    "adminPass": encrypted(PASSWORD),
    "zoneName": ZONE,
    "billing": {"paymentTiming": "Postpaid"},
    "purchaseCount": 1,
}


def create(**members: Any) -> list[str]:
    """The ids of instances that are still starting."""
    return ask("create_instance_by_spec", **(ORDER | members)).instance_ids


def running(**members: Any) -> str:
    (instance_id,) = create(**members)
    run_due()
    return instance_id


def instance(instance_id: str) -> Any:
    return ask("get_instance", instanceId=instance_id).instance


def status(instance_id: str) -> str:
    return instance(instance_id).status


def refusal(method: str, client: Any = bcc, **members: Any) -> tuple[int, str]:
    """Status and code of a call that must be refused; the exception must have the rest too."""
    try:
        ask(method, client, **members)
    except BceHttpClientError as error:
        refused = error.last_error
        assert refused.request_id, refused
        assert str(refused), refused
        return refused.status_code, refused.code
    raise AssertionError(f"{method} was not refused")
