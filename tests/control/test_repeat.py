"""A request to send again: the command is signed anew, the tests are code of their languages, and no secret is in them."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import time

import httpx

from tests.cloud import LINUX, PASSWORD, SPEC, Cloud
from tests.control.conftest import control_of

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
AWKWARD = 'it\'s "quoted" $HOME `id` \\ \n 云'


def code_of(cloud: Cloud) -> dict[str, str]:
    return control_of(cloud)("GET", f"requests/{cloud.last_entry.request_id}/code").body


def test_the_command_is_let_in_and_says_the_same_again(cloud, served):
    cloud.emulator.dispatcher._wall = time.time
    order = ORDER | {"userData": AWKWARD}
    authorization = httpx.post(f"{served.endpoint}/v2/instanceBySpec", json=order).json()
    assert authorization["code"] == "AccessDenied"

    command = httpx.get(f"{served.endpoint}/_emulator/requests/{authorization['requestId']}/code").json()["curl"]
    reply = json.loads(subprocess.run(["sh", "-c", command], capture_output=True, check=True).stdout)

    assert len(reply["instanceIds"]) == 1
    assert cloud.last_entry.request.json() == order


def test_a_command_reaches_the_emulator_and_not_the_cloud_whose_name_was_asked(cloud):
    cloud.host = "bcc.gz.baidubce.com"
    cloud.call("GET", "/v2/zone")
    cloud.host = "127.0.0.1:8080"

    words = shlex.split(code_of(cloud)["curl"])

    assert words[-1] == "http://127.0.0.1:8080/v2/zone"
    assert "Host: bcc.gz.baidubce.com" in words


def test_a_test_in_python_does_what_was_done(cloud):
    cloud.call("PUT", "/v2/instance/i-nobody00?stop", {"forceStop": True, "note": AWKWARD})
    seen = []

    class Bce:
        @staticmethod
        def call(*given):
            seen.append(given)
            return cloud.call(*given)

    names: dict = {}
    exec(compile(code_of(cloud)["python"], "test", "exec"), names)

    names["test_stop_instance"](Bce)

    assert seen == [("PUT", "/v2/instance/i-nobody00?stop", {"forceStop": True, "note": AWKWARD})]


def test_texts_are_literals_in_each_language(cloud):
    cloud.call("PUT", "/v2/instance/i-nobody00?stop", {"note": AWKWARD})

    code = code_of(cloud)

    for language in ("go", "java"):
        literals = re.findall(r'"(?:[^"\\\n]|\\.)*"', code[language])
        assert json.dumps({"note": AWKWARD}, ensure_ascii=False) in [ast.literal_eval(each) for each in literals]
    assert "func TestStopInstance(t *testing.T)" in code["go"]
    assert "class StopInstanceTest" in code["java"]


def test_no_secret_is_in_any_text(cloud):
    own = Cloud(credentials="AK-own:a-secret-key-of-ones-own")
    own.access_key, own.secret_key = "AK-own", "a-secret-key-of-ones-own"
    own.call("POST", "/v2/instanceBySpec", ORDER | {"adminPass": PASSWORD})
    texts = str(code_of(own))

    assert PASSWORD not in texts
    assert own.secret_key not in texts
    assert "<secret key>" in texts


def test_a_request_for_nothing_known_is_a_test_too(cloud):
    cloud.call("GET", "/nothing")

    assert "def test_request(bce)" in code_of(cloud)["python"]
