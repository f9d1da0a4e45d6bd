"""A request of the journal to send again: as a signed curl command, and as a test in three languages."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any
from urllib.parse import parse_qsl, unquote

from fastapi import Request

from bce_emulator.cli.sign import authorize
from bce_emulator.control.journal import find_entry, rendered
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Repeated
from bce_emulator.control.selection import Served
from bce_emulator.engine.account.clock import iso, process_time
from bce_emulator.engine.observe.journal import Entry
from bce_emulator.settings import DEFAULT_SECRET_KEY

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")

PYTHON = """\
def test_{snake}(bce):
    reply = bce.call({method}, {target}{body})

    assert (reply.status, reply.body.get("code", "")) == ({status}, {code})
"""
GO = """\
package emulated

import (
	"errors"
	"os"
	"testing"

	"github.com/baidubce/bce-sdk-go/bce"
)

func Test{name}(t *testing.T) {{
	client, err := bce.NewBceClientWithAkSk({access_key}, {secret_key}, os.Getenv("BCE_EMULATOR_ENDPOINT"))
	if err != nil {{
		t.Fatal(err)
	}}
	request := &bce.BceRequest{{}}
	request.SetMethod({method})
	request.SetUri({path})
{steps}	response := &bce.BceResponse{{}}

	err = client.SendRequest(request, response)

	status, code := response.StatusCode(), ""
	var refusal *bce.BceServiceError
	if errors.As(err, &refusal) {{
		status, code = refusal.StatusCode, refusal.Code
	}}
	if status != {status} || code != {code} {{
		t.Fatalf("answered %d %q: %v", status, code, err)
	}}
}}
"""
JAVA = """\
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.baidubce.auth.BceV1Signer;
import com.baidubce.auth.DefaultBceCredentials;
import com.baidubce.auth.SignOptions;
import com.baidubce.http.HttpMethodName;
import com.baidubce.internal.InternalRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.Test;

class {name}Test {{
    @Test
    void {camel}() throws Exception {{
        String endpoint = System.getenv("BCE_EMULATOR_ENDPOINT");
        var signed = new InternalRequest(HttpMethodName.{verb}, URI.create(endpoint + {path}));
{steps}        var options = new SignOptions();
        options.setHeadersToSign(Set.of("host"));
        new BceV1Signer().sign(signed, new DefaultBceCredentials({access_key}, {secret_key}), options);

        var answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(endpoint + {target}))
                        .header("Authorization", signed.getHeaders().get("Authorization"))
                        .header("Content-Type", "application/json")
                        .method({method}, HttpRequest.BodyPublishers.ofString({body}))
                        .build(),
                BodyHandlers.ofString());

        assertEquals({status}, answer.statusCode(), answer.body());
    }}
}}
"""


async def repeat(emulator: Served, request: Request, request_id: str) -> dict[str, Any]:
    """The request as a curl command that is signed anew, and as tests that expect the same answer.

    Secrets of its body and query are masked as in the journal. No text has a secret key but the default one.
    """
    entry = find_entry(emulator, request_id)
    shown = rendered(emulator, entry)
    account = shown["account"] or emulator.default_account
    credentials = emulator.identity.find(account)
    secret_key = credentials.secret_key if credentials is not None else ""
    facts = _facts(entry, shown)
    shown_key = secret_key if secret_key == DEFAULT_SECRET_KEY else "<secret key>"
    here = request.headers.get("host", "127.0.0.1:8080")
    host = dict(entry.request.raw_headers).get(b"host", here.encode()).decode("latin-1")
    keys = {"access_key": json.dumps(account), "secret_key": json.dumps(shown_key)}
    return {
        "curl": _curl(facts, request.url.scheme, here, host, account, secret_key),
        "python": PYTHON.format(**facts["python"]),
        "go": GO.format(**facts["go"], **keys),
        "java": JAVA.format(**facts["java"], **keys),
    }


def _curl(facts: dict[str, Any], scheme: str, here: str, host: str, access_key: str, secret_key: str) -> str:
    date = iso(process_time())
    method, path, query, body = facts["method"], facts["path"], facts["query"], facts["text"]
    authorization = authorize(method, host, path, query, date, access_key, secret_key)
    words = ["curl", "-gsS", "--path-as-is", "-X", method, "-H", f"x-bce-date: {date}"]
    words += ["-H", f"Authorization: {authorization}", *(["-H", f"Host: {host}"] if host != here else [])]
    if body:
        words += ["-H", "Content-Type: application/json", "--data-binary", body]
    return shlex.join([*words, f"{scheme}://{here}{facts['target']}"])


def _facts(entry: Entry, shown: dict[str, Any]) -> dict[str, Any]:
    """What the texts need of a request, as literals of each language."""
    request = shown["request"]
    method, path, query, body = request["method"], request["path"], request["query"], request["body"]
    target = f"{path}?{query}" if query else path
    text = "" if body is None else body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    name = "".join(WORD.findall(shown["operation"])) or "Request"
    name = name[0].upper() + name[1:]
    pairs = parse_qsl(query, keep_blank_values=True)
    status, code = entry.status, shown["code"]
    go = [f"\trequest.SetParam({_double(key)}, {_double(value)})\n" for key, value in pairs]
    if text:
        go.append(f"\tbody, _ := bce.NewBodyFromString({_double(text)})\n\trequest.SetBody(body)\n")
        go.append('\trequest.SetHeader("Content-Type", "application/json")\n')
    java = [f"        signed.addParameter({_double(key)}, {_double(value)});\n" for key, value in pairs]
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return {
        "method": method, "path": path, "query": query, "target": target, "text": text,
        "python": {
            "snake": snake, "method": _double(method), "target": _double(target), "status": status,
            "code": _double(code), "body": f", {body!r}" if body is not None else "",
        },
        "go": {
            "name": name, "method": _double(method), "path": _double(unquote(path)), "status": status,
            "code": _double(code), "steps": "".join(go),
        },
        "java": {
            "name": name, "camel": name[0].lower() + name[1:], "verb": method, "path": _double(path), "status": status,
            "target": _double(target), "method": _double(method), "body": _double(text), "steps": "".join(java),
        },
    }  # fmt: skip


def _double(text: str) -> str:
    """A literal in double quotes, which Python, Go and Java read alike."""
    return json.dumps(text, ensure_ascii=False)


CALLS: Calls = (ControlCall("GET", "requests/{request_id}/code", repeat, Repeated),)
