"""The SDK as the scenarios use it: its clients, and what they all begin with."""

from __future__ import annotations

from urllib.parse import urlsplit

from baidubce.auth import bce_v1_signer
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError
from baidubce.http import bce_http_client, handler
from baidubce.services.bcc import bcc_model
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.etGateway.et_gateway_client import EtGatewayClient
from baidubce.services.route.route_client import RouteClient
from baidubce.services.sts.sts_client import StsClient
from baidubce.services.subnet.subnet_client import SubnetClient
from baidubce.services.vpc.vpc_client import VpcClient
from program import ACCESS_KEY, ENDPOINT, LINUX, PASSWORD, SECRET_KEY, SPEC, ZONE, run_due

POSTPAID = bcc_model.Billing("Postpaid")


def client_of(access_key: str = ACCESS_KEY, secret_key: str = SECRET_KEY) -> BccClient:
    configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)
    return BccClient(configuration)


def configured(product: str, region: str = "bj", secret_key: str = SECRET_KEY) -> BceClientConfiguration:
    """For a client at a product's own host, as one has it behind a proxy: the connection goes here all the same."""
    address = urlsplit(ENDPOINT)
    return BceClientConfiguration(
        BceCredentials(ACCESS_KEY, secret_key),
        f"http://{product}.{region}.baidubce.com",
        proxy_host=address.hostname,
        proxy_port=address.port,
    )


def client_in(region: str) -> BccClient:
    """A client of another region."""
    return BccClient(configured("bcc", region))


configuration = BceClientConfiguration(BceCredentials(ACCESS_KEY, SECRET_KEY), ENDPOINT)
bcc = BccClient(configuration)
vpc = VpcClient(configuration)
subnet = SubnetClient(configuration)
route = RouteClient(configuration)
et_gateway = EtGatewayClient(configuration)
sts = StsClient(configuration)


def call_with(keys, token: str, method: bytes, path: bytes, body: str | None = None):
    """A call with temporary keys: the compute client leaves their token out, so the header is given by hand."""
    return bce_http_client.send_request(
        client_of(keys.access_key_id, keys.secret_access_key).config,
        bce_v1_signer.sign,
        [handler.parse_error, handler.parse_json],
        method,
        path,
        body,
        {b"x-bce-security-token": token.encode()} if token else {},
        params=None,
    )


def create(count: int = 1, **members) -> list[str]:
    """The ids of instances that are still starting."""
    given = {"spec": SPEC, "image_id": LINUX, "billing": POSTPAID, "admin_pass": PASSWORD, "zone_name": ZONE}
    return bcc.create_instance_by_spec(**(given | members), purchase_count=count).instance_ids


def running(**members) -> str:
    """The id of a running instance."""
    (instance_id,) = create(**members)
    run_due()
    return instance_id


def instance(instance_id: str):
    return bcc.get_instance(instance_id).instance


def status(instance_id: str) -> str:
    return instance(instance_id).status


def refusal(function, *arguments, **members) -> tuple[int, str]:
    """Status and code of a call that must be refused; the exception must have the rest too."""
    try:
        function(*arguments, **members)
    except BceHttpClientError as error:
        refused = error.last_error
        assert refused.request_id, refused
        assert str(refused), refused
        return refused.status_code, refused.code
    raise AssertionError(f"{function.__name__} was not refused")
