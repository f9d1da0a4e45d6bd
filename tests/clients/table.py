"""The clients: one row each. A further one is a further row, a folder with its program, and the way to prepare it."""

from __future__ import annotations

from tests.clients.client import Client
from tests.clients.tools import go, java, node, python

GO_POINTING = (
    "client, err = bcc.NewClient(accessKey, secretKey, endpoint)",
    "network, err = vpc.NewClient(accessKey, secretKey, endpoint)",
    "tokens, err = sts.NewStsClient(accessKey, secretKey, endpoint)",
)

NODE_POINTING = (
    "const client = new BccClient({ endpoint, credentials: { ak, sk } });",
    "const tokens = new STS({ endpoint, credentials: { ak, sk } });",
)
NODE_WRONG = (
    "Every call goes to `/v1`, and there are 11 of them; `client.sendRequest(method, path, {params, body})` reaches the rest.",
    "Bare metal has `/v1/instance` and `/v1/image` too, and an address says no product: start the emulator with `--product bcc`.",
    "It never retries, and has no timeout.",
    "It has no password call, and encrypts no `adminPass`: the caller must.",
    "createInstance takes no clientToken of its caller; it asks `POST /v1/token/create` for one.",
)

CLIENTS = {
    client.name: client
    for client in (
        Client(
            "python1",
            "Python, first generation",
            "bce-python-sdk",
            "0.9.79",
            prepare=python.of_the_project,
            tools=(),
            source="python1/sdk.py",
            language="python",
            pointing=(
                "from baidubce.auth.bce_credentials import BceCredentials",
                "from baidubce.bce_client_configuration import BceClientConfiguration",
                "from baidubce.services.bcc.bcc_client import BccClient",
                "",
                "",
                "def client_of(access_key: str = ACCESS_KEY, secret_key: str = SECRET_KEY) -> BccClient:",
                "    configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)",
                "    return BccClient(configuration)",
            ),
            beside=(
                "test_python_eip.py",
                "test_python_eni.py",
                "test_python_connections.py",
                "test_python_blb.py",
                "test_python_appblb.py",
            ),
            methods="python",
            wrong=(
                (
                    "Its compute client never sends the session token that it is configured with, so temporary keys are refused; "
                    "`baidubce.http.bce_http_client.send_request` sends one as the header `x-bce-security-token`."
                ),
                (
                    "`autoRenew_volume_cluster` and `cancel_autoRenew_volume_cluster` fail before they send anything: they put "
                    "bytes into JSON."
                ),
                (
                    "The methods of `TemplateClient` about one IP set or one IP group fail before they send anything: they join "
                    "bytes and text."
                ),
                "`query_reserved_instance_price` calls `POST /v2/v2/reservedInstance/price`, with `v2` twice.",
                "It means to retry the code `RequestExpired`, and never does: it compares bytes with text.",
            ),
        ),
        Client(
            "python2",
            "Python, second generation",
            "baiducloud-python-sdk-bcc",
            "0.0.8",
            prepare=python.of_its_own,
            tools=(),
            source="python2/sdk.py",
            language="python",
            pointing=(
                "from baiducloud_python_sdk_bcc.api.bcc_client import BccClient",
                "from baiducloud_python_sdk_core.auth.bce_credentials import BceCredentials",
                "from baiducloud_python_sdk_core.bce_client_configuration import BceClientConfiguration",
                "",
                "",
                "def client_of(access_key: str = ACCESS_KEY, secret_key: str = SECRET_KEY) -> BccClient:",
                "    configuration = BceClientConfiguration(BceCredentials(access_key, secret_key), ENDPOINT)",
                "    return BccClient(configuration)",
            ),
            methods="python2",
            wrong=(
                (
                    "It sends passwords as they are given, and the service takes only encrypted ones: encrypt them with "
                    "`baiducloud_python_sdk_core.utils.aes128_encrypt_16char_key`, with the secret key as bytes."
                ),
                "Its answer for a deploy set has neither name nor strategy.",
                "No request of `-bcc` has a client token, so a create that is retried after a lost answer can make a second instance.",
                "It never sends the session token that it is configured with, so temporary keys are refused.",
                (
                    "`baiducloud-python-sdk-bcc` 0.0.9, `-blb` 0.0.22 and `-vpc` 0.0.29 do not import beside core 0.0.6, the "
                    "newest: it has no module `util`. Driven are also `-eip` 0.0.11, `-blb` 0.0.21 and `-vpc` 0.0.28."
                ),
                (
                    "`create_reserved_instance_transfer` hides the ids that are answered, as they are a list; "
                    "`list_reserved_instance_transfer_out` shows them."
                ),
                (
                    "The calls at `/` leave it to their callers to name the action, and `create_bid_instance` calls "
                    "`POST /v2/instanceBySpec`."
                ),
            ),
        ),
        Client(
            "go1",
            "Go, first generation",
            "github.com/baidubce/bce-sdk-go",
            "0.9.277",
            prepare=go.of_this_version,
            tools=("go",),
            source="go1/main.go",
            language="go",
            pointing=GO_POINTING,
            methods="go",
            wrong=(
                (
                    "Calls that take a password encrypt it inside the arguments they are given: the same arguments passed a "
                    "second time are encrypted twice, and with a client token they are refused as `IdempotentParameterMismatch`."
                ),
                "`ListPurchasableDisksInfo` and `TransferInReservedInstanceOrders` print to standard output.",
                (
                    "`AuthorizeServerEvent` ends in an error, though the event is authorized, if another planned event of the "
                    "instance is open: it reads a text where a list of ids is."
                ),
                "The price of a volume and an instance's user data have methods that are not exported.",
            ),
        ),
        Client(
            "go1_0_9_131",
            "Go, first generation, the version whose signer differs",
            "github.com/baidubce/bce-sdk-go",
            "0.9.131",
            prepare=go.of_this_version,
            tools=("go",),
            source="go1/main.go",
            language="go",
            pointing=GO_POINTING,
            methods="go",
            wrong=(
                "Calls that take a password encrypt it inside the arguments they are given, as in the newest version.",
                "`PurchaseReservedEip` leaves `purchaseReserved` out of its query: what arrives is no operation.",
                "The arguments of `UpdateVpnConn` are not exported: no program can fill them.",
            ),
        ),
        Client(
            "java1",
            "Java, first generation",
            "com.baidubce:bce-java-sdk",
            "0.10.448",
            prepare=java.of_maven,
            tools=("mvn", "javac", "java"),
            source="java1/sources/Cloud.java",
            language="java",
            pointing=(
                "BccClientConfiguration configuration = new BccClientConfiguration();",
                "configuration.withCredentials(credentials).withEndpoint(ENDPOINT);",
                "BccClient client = new BccClient(configuration);",
            ),
            methods="java",
            wrong=(
                "It repeats only requests without a body (three times, after 0.6, 1.2 and 2.4 s): no create, no PUT.",
                "It encrypts `adminPass` in the request object, so that the same object given twice has another password.",
                "Its message of a 500 or 503 is a list of the response's headers, not the message of the answer.",
                "BccClient signs `host` only, and sends `Date` instead of `x-bce-date`; a session token is sent unsigned.",
                "Its User-Agent says 0.10.429.",
                "BccClient and VpcClient need commons-collections, which only comes with its dependency on Hadoop.",
                "The answer of listSnapshotShare has no getters: what is shared cannot be read from it.",
                "createDiagnostic, listDiagnosticReport and deleteDiagnosticReport send nothing of their requests.",
                "remoteCopyImage does not give the ids of the copies, and there is no call that starts several instances.",
            ),
        ),
        Client(
            "node1",
            "Node",
            "@baiducloud/sdk",
            "1.0.7",
            prepare=node.of_npm,
            tools=("node", "npm"),
            source="node/program.js",
            language="js",
            pointing=NODE_POINTING,
            methods="js",
            wrong=NODE_WRONG,
            settings={"product": "bcc"},
        ),
        Client(
            "node_bce_sdk_js",
            "Node, the older package",
            "bce-sdk-js",
            "0.2.9",
            prepare=node.of_npm,
            tools=("node", "npm"),
            source="node/program.js",
            language="js",
            pointing=NODE_POINTING,
            methods="js",
            wrong=NODE_WRONG,
            settings={"product": "bcc"},
        ),
    )
}

UNAVAILABLE: dict[str, str] = {
    "Go, second generation: github.com/baidubce/baiducloud-go-sdk": (
        "Not driven: the module proxy answers every version of it with 403, and the suite installs from registries only."
    ),
    "Java, second generation: com.baidubce:baiducloud-java-sdk-bcc": (
        "Not driven: public indexes list its versions up to 0.0.9, but Maven Central, as reached from where this project "
        "is built, serves neither that version nor any list of versions."
    ),
}
"""Clients that are not published where their users would get them, and the reason."""
