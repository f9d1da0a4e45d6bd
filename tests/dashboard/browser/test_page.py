"""The page beside bce-python-sdk: what a client does is seen at once, and what is done on the page the client meets."""

from __future__ import annotations

import json
import subprocess
from time import perf_counter
from urllib.parse import quote

import pytest
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError
from baidubce.retry.retry_policy import NoRetryPolicy
from baidubce.services.bcc.bcc_client import BccClient

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso, process_time
from bce_emulator.testing.account import Control, Keys, TestAccount
from tests.dashboard.browser.conftest import SECONDS, SECRET_KEY, account_of
from tests.process import serving

playwright = pytest.importorskip("playwright.sync_api", reason="make page runs what needs a browser")
expect = playwright.expect
expect.set_options(timeout=SECONDS)
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # the SDK leaves it to the collector

EXAMPLE = "i-YufwpQAe"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&"
GO = "(view) => { document.querySelector('main').replaceChildren(); location.hash = `#/${view}`; }"
RECORD = """([selector, wanted]) => {
  window.seen = [];
  const note = () => {
    const text = document.querySelector(selector)?.firstChild?.textContent;
    if (text && window.seen.at(-1) !== text) window.seen.push(text);
  };
  note();
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def sdk(emulator, secret_key: str = SECRET_KEY, access_key: str = "test") -> BccClient:
    configuration = BceClientConfiguration(
        BceCredentials(access_key.encode(), secret_key.encode()),
        endpoint=emulator.endpoint,
        retry_policy=NoRetryPolicy(),
    )
    return BccClient(configuration)


def until(page, script: str):
    """What a script answers, as soon as that is true; the page's policy allows no polling inside of it."""
    for _ in range(1_000):
        if found := page.evaluate(script):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")


def is_live(page) -> None:
    expect(page.locator("#connection .live")).to_be_visible()


def status_of(page, instance: str = EXAMPLE):
    return page.locator("tr", has=page.get_by_role("link", name=instance, exact=True)).locator(".status")


def test_a_reboot_is_seen_from_running_through_starting_to_running_without_a_reload(emulator, open_page, test_account):
    test_account.clock.pace = 0.05  # so that Starting lasts two seconds
    page = open_page()
    expect(status_of(page)).to_have_text("Running")
    page.evaluate(RECORD, ["tbody .status", ""])
    loads = page.evaluate("performance.getEntriesByType('navigation').length")

    sdk(emulator).reboot_instance(EXAMPLE)

    until(page, "window.seen.length >= 3")
    assert page.evaluate("window.seen") == ["Running", "Starting", "Running"]
    assert page.evaluate("performance.getEntriesByType('navigation').length") == loads


def test_the_page_asks_only_when_something_happens(emulator, open_page, test_account):
    page = open_page()
    expect(status_of(page)).to_have_text("Running")
    is_live(page)
    page.wait_for_timeout(500)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.wait_for_timeout(1500)

    assert asked == []


def test_what_is_created_and_changed_elsewhere_appears(emulator, open_page, test_account):
    page = open_page()
    expect(status_of(page)).to_have_text("Running")

    made = test_account.instance(name="made elsewhere")
    expect(page.get_by_text("made elsewhere")).to_be_visible()

    test_account.control("PUT", f"resources/{made}", {"status": "Error"})
    expect(status_of(page, made)).to_have_text("Error")


def test_a_wrong_signature_is_explained_side_by_side(emulator, open_page, picture):
    page = open_page("requests")
    with pytest.raises(BceHttpClientError):
        sdk(emulator, "a-wrong-secret-key").list_instances()

    page.get_by_role("link", name="ListInstances").click()

    expect(page.locator("#mistake")).to_have_text("probably_the_secret_key")
    expect(page.get_by_text("Remedy:")).to_be_visible()
    row = page.locator(".compared tr", has=page.get_by_role("rowheader", name="path"))
    assert row.locator("td").first.inner_text() == "/v2/instance"
    picture(page, "explanation")


def test_the_difference_of_two_canonical_requests_is_marked(emulator, open_page):
    now = iso(process_time())
    string = authorize("GET", "127.0.0.1", "/v2/instance", "", now, "test", SECRET_KEY)
    head = ["-H", f"x-bce-date: {now}", "-H", f"Authorization: {string}"]
    answer = subprocess.run(["curl", "-s", f"{emulator.endpoint}/v2/instance", *head], capture_output=True, check=True)

    page = open_page(f"requests/{json.loads(answer.stdout)['requestId']}")

    expect(page.locator("#mistake")).to_have_text("host_without_port")
    assert page.locator(".compared mark").first.inner_text() == f"%3A{emulator.port}"


def test_a_fault_planned_on_the_page_strikes_the_sdk(emulator, open_page, picture):
    page = open_page("faults")
    page.get_by_label("The operation").fill("StopInstance")
    assert "Instance.StopInstanceOperationForbidden" in page.locator("#codes option").evaluate_all(
        "all => all.map((each) => each.value)"
    )
    page.locator("[name=value]").fill("OperationDenied")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_text("0 / 1")).to_be_visible()
    picture(page, "faults")

    with pytest.raises(BceHttpClientError) as refused:
        sdk(emulator).stop_instance(EXAMPLE)

    assert refused.value.last_error.code == "OperationDenied"
    expect(page.get_by_text("None is planned.")).to_be_visible()


def test_the_clock_moved_on_the_page_moves_the_instance(emulator, open_page, test_account, picture):
    test_account.clock.freeze()
    test_account.clock.pace = 1
    client = sdk(emulator)
    client.reboot_instance(EXAMPLE)
    assert client.get_instance(EXAMPLE).instance.status == "Starting"
    page = open_page("time")
    expect(page.get_by_role("link", name=EXAMPLE)).to_be_visible()
    picture(page, "time")

    page.get_by_role("button", name="Until idle").click()

    expect(page.get_by_text("Nothing is due.")).to_be_visible()
    assert client.get_instance(EXAMPLE).instance.status == "Running"
    page.get_by_role("button", name="Let it run").click()
    expect(page.get_by_role("button", name="Freeze")).to_be_visible()
    assert test_account.control("GET", "clock")["frozen"] is False


def test_a_resource_shows_what_it_may_do_and_its_history(emulator, open_page, picture):
    client = sdk(emulator)
    page = open_page(f"resources/bcc.Instance/{EXAMPLE}")
    expect(page.get_by_role("row", name="allowed stop")).to_be_visible()

    client.stop_instance(EXAMPLE)

    expect(page.get_by_role("link", name="StopInstance")).to_be_visible()
    expect(page.locator(".big .status")).to_contain_text("Stopped")
    expect(page.get_by_role("row", name="refused stop")).to_contain_text("409")
    picture(page, "instance")

    page.locator("select[name=status]").select_option("Expired")
    page.get_by_role("button", name="Set the status").click()
    expect(page.locator(".big .status")).to_contain_text("Expired")
    assert client.get_instance(EXAMPLE).instance.status == "Expired"


def test_the_page_speaks_chinese_by_the_browser_and_by_choice(emulator, open_page):
    page = open_page(locale="zh-CN")
    expect(page.get_by_role("heading", name="云服务器", exact=True)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "zh-CN"

    page.locator("#language").select_option("en")
    expect(page.get_by_role("heading", name="Instance", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Lifecycles")).to_be_visible()


def test_ten_thousand_instances_are_listed_and_scrolled(emulator, open_page):
    account = account_of(emulator, "test-many")
    order = {
        "spec": "bcc.g5.c2m8",
        "imageId": "m-z2UUQHH9",
        "billing": {"paymentTiming": "Postpaid"},
        "purchaseCount": 100,
    }
    subnets = account.call("GET", "/v1/subnet").body["subnets"]
    for number in range(100):
        subnet = subnets[number % len(subnets)]
        reply = account.call(
            "POST", "/v2/instanceBySpec", order | {"subnetId": subnet["subnetId"], "zoneName": subnet["zoneName"]}
        )
        assert reply.status == 200, reply
    page = open_page()
    begun = perf_counter()
    page.locator("#account").select_option("test-many")
    expect(page.get_by_text("10,000 of 10,000")).to_be_visible()
    print(f"first rows after {perf_counter() - begun:.2f} s")
    rows = page.locator("tbody tr[aria-rowindex]")
    assert rows.count() < 100

    page.locator(".scroll").evaluate("(table) => { table.scrollTop = table.scrollHeight; }")

    expect(page.locator("tr[aria-rowindex='10001'] td.id a").first).to_be_visible()
    assert rows.count() < 100
    frames = page.evaluate("""async () => {
      const table = document.querySelector('.scroll');
      let longest = 0;
      for (let at = 0; at < 60; at += 1) {
        const begun = performance.now();
        table.scrollTop -= 400;
        await new Promise(requestAnimationFrame);
        longest = Math.max(longest, performance.now() - begun);
      }
      return { longest, first: performance.now() };
    }""")
    print(f"the longest of 60 frames: {frames['longest']:.0f} ms")


def test_markup_in_names_tags_user_data_and_headers_stays_text(emulator, open_page, test_account):
    made = test_account.instance(name="web", userData=MARKUP, tags=[{"tagKey": "k", "tagValue": "v"}])
    state = test_account.control("GET", "state")
    [kept] = [each for each in state["regions"]["bj"]["kinds"]["bcc.Instance"]["kept"] if each["id"] == made]
    kept |= {"name": MARKUP, "tags": [{"key": MARKUP, "value": MARKUP}], "user_data": MARKUP}
    [vpc] = state["regions"]["bj"]["kinds"]["vpc.Vpc"]["kept"]
    vpc["name"] = MARKUP
    test_account.control("PUT", "state", state)
    address = f"{emulator.endpoint}/v2/instance?marker=%3Cscript%3E"
    sent = [
        "-X",
        "PUT",
        "-H",
        f"x-bce-evil: {MARKUP}",
        "-H",
        f"User-Agent: {MARKUP}",
        "-d",
        json.dumps({MARKUP: MARKUP}),
    ]
    reply = json.loads(subprocess.run(["curl", "-s", address, *sent], capture_output=True, check=True).stdout)
    views = [
        "resources", f"resources/bcc.Instance/{made}", f"network/{vpc['id']}", "requests",
        f"requests/{reply['requestId']}", "accounts", f"faults/{quote(MARKUP, safe='')}", quote(MARKUP, safe=""),
    ]  # fmt: skip
    page = open_page()
    is_live(page)

    for view in views:
        page.evaluate(GO, view)
        until(page, "document.querySelector('main').children.length > 0")
        page.wait_for_timeout(200)
        assert page.locator("main img, main script, body > script").count() == 0, view

    page.evaluate(GO, views[1])
    expect(page.get_by_role("heading", name=MARKUP)).to_be_visible()


def test_the_token_is_asked_for_once_and_kept_in_the_session(browser, open_page):
    with serving("--admin-token", "the-admin-token", "--log-requests", "off") as running:
        page = browser.new_context(locale="en").new_page()
        page.goto(f"{running.endpoint}/")
        page.get_by_label("Token", exact=True).fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Token", exact=True)).to_have_value("")
        page.get_by_label("Token", exact=True).fill("the-admin-token")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="No Instance here yet")).to_be_visible()
        is_live(page)

        page.reload()

        expect(page.get_by_role("heading", name="No Instance here yet")).to_be_visible()
        assert page.locator("dialog").count() == 0
        assert page.evaluate("localStorage.length + document.cookie.length") == 0
        page.context.close()


def test_an_empty_account_says_what_to_do_with_this_servers_own_address(emulator, open_page, tmp_path):
    page = open_page()
    page.locator("#region").select_option("gz")
    lines = page.locator("pre").first.inner_text()
    assert emulator.endpoint in lines

    page.locator("#region").select_option("bj")
    exec(compile(lines, "readme", "exec"), {})

    expect(page.get_by_text("2 of 2")).to_be_visible()


def test_accounts_are_copied_compared_saved_loaded_and_reset(emulator, open_page, test_account, tmp_path):
    page = open_page("accounts")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("row", name="test-copy")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    saved.value.save_as(tmp_path / "state.json")
    page.get_by_role("button", name="Remember test as it is").click()
    sdk(emulator).stop_instance(EXAMPLE)
    test_account.clock.advance()

    page.get_by_role("button", name="Compare with what was remembered").click()
    expect(page.locator("#differences")).to_contain_text("Stopped")

    page.get_by_label("Document").set_input_files(tmp_path / "state.json")
    page.get_by_role("button", name="Load").click()
    expect(page.locator("#notice")).to_contain_text("test has")
    assert sdk(emulator).get_instance(EXAMPLE).instance.status == "Running"

    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#notice")).to_contain_text("first day")


def test_a_request_is_copied_as_a_command_that_is_signed_anew(emulator, open_page, test_account):
    test_account.instance(userData='it\'s "quoted" $HOME `id`')
    page = open_page("requests")
    page.get_by_role("link", name="CreateInstanceBySpec").click()

    command = page.locator("#code").inner_text()
    reply = json.loads(subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout)

    assert len(reply["instanceIds"]) == 1
    page.get_by_role("button", name="Python").click()
    expect(page.locator("#code")).to_contain_text("def test_create_instance_by_spec(bce)")


def test_the_page_is_used_by_keyboard_and_on_a_narrow_window(emulator, open_page, picture):
    page = open_page(viewport={"width": 380, "height": 700})
    expect(status_of(page)).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == EXAMPLE:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What its status allows")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "narrow")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(emulator, open_page, scheme):
    from axe_playwright_python.base import AXE_FILE_PATH

    account = account_of(emulator)
    account.call("GET", "/v2/instance")
    refused = TestAccount(Control(emulator.endpoint), Keys("test", "wrong")).call("GET", "/v2/zone").body["requestId"]
    axe = AXE_FILE_PATH.read_text(encoding="utf-8")
    found = []
    views = ["resources", f"resources/bcc.Instance/{EXAMPLE}", "resources/bcc.Snapshot", "network", "requests", f"requests/{refused}", "time", "faults", "lifecycles", "accounts", "reference", "reference/bcc/StopInstance", "reference/control"]  # fmt: skip
    page = open_page(views[-1], color_scheme=scheme)
    is_live(page)
    for view in views:
        page.evaluate(GO, view)
        until(page, "!!document.querySelector('main h1, main h2')")
        page.wait_for_timeout(300)
        page.evaluate(axe)
        report = page.evaluate("axe.run()")
        found += [
            f"{view}: {each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary'][:300]}"
            for each in report["violations"]
            if each["impact"] in {"serious", "critical"}
        ]

    assert found == []


@pytest.mark.parametrize(("locale", "suffix"), [("en", ""), ("zh-CN", ".zh-CN")])
def test_a_network_is_drawn_with_what_is_in_it(emulator, open_page, test_account, picture, locale, suffix):
    made = [
        test_account.instance(name=f"web-{number}", tags=[{"tagKey": "env", "tagValue": "prod"}]) for number in range(4)
    ]
    subnets = test_account.call("GET", "/v1/subnet").body["subnets"]
    place = {"vpcId": subnets[0]["vpcId"], "subnetId": subnets[0]["subnetId"]}
    test_account.call("POST", "/v1/blb", {"name": "front", **place})
    postpaid = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
    address = test_account.call("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": postpaid}).body["eip"]
    test_account.clock.advance()
    bound = {"instanceType": "BCC", "instanceId": made[0]}
    assert test_account.call("PUT", f"/v1/eip/{address}?bind", bound).status == 200
    test_account.clock.advance()
    sdk(emulator).stop_instance(made[1])
    test_account.clock.advance()
    test_account.clock.freeze()
    sdk(emulator).reboot_instance(made[2])

    page = open_page("network", locale=locale)

    expect(page.locator(".network")).to_contain_text("web-3")
    expect(page.locator(".network")).to_contain_text(address)
    expect(page.locator(".network")).to_contain_text("front")
    assert page.locator(".network .subnet").count() == len(subnets)
    picture(page, f"network{suffix}")
    page.evaluate(GO, "resources/bcc.Instance")
    expect(status_of(page, made[2])).to_contain_text("Starting")
    picture(page, f"resources{suffix}")


def test_the_reference_is_searched_and_shows_an_operation_whole(emulator, open_page):
    page = open_page("reference")
    page.get_by_role("searchbox").fill("RebootInstanceOperationForbidden")
    page.get_by_role("link", name="RebootInstance", exact=True).click()

    expect(page.get_by_role("heading", name="RebootInstance bcc")).to_be_visible()
    expect(page.locator("pre").first).to_have_text("PUT /v2/instance/{instanceId}?reboot")
    expect(page.locator("tr", has_text="Instance.RebootInstanceOperationForbidden")).to_contain_text("409")
    expect(page.locator("table.members")).to_contain_text(["forceStop"])

    page.evaluate(GO, "reference/control")
    page.get_by_role("link", name="/_emulator/faults", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("/_emulator/faults")


def test_a_lifecycle_is_drawn_and_what_is_set_in_it_holds(emulator, open_page, test_account):
    page = open_page("lifecycles/bcc.Instance")
    expect(page.locator("svg")).to_contain_text("Starting")

    page.get_by_label("reboot: Virtual seconds at pace 1").fill("777")
    page.keyboard.press("Tab")
    expect(page.locator("#notice")).to_contain_text("reboot")
    test_account.clock.freeze()
    test_account.clock.pace = 1
    client = sdk(emulator)
    client.reboot_instance(EXAMPLE)

    test_account.clock.advance(776)
    assert client.get_instance(EXAMPLE).instance.status == "Starting"
    test_account.clock.advance(1)
    assert client.get_instance(EXAMPLE).instance.status == "Running"


@pytest.mark.parametrize("view", ["%", "constructor", "lifecycles/constructor", "resources/%E0%A4%A", "nothing/at/all"])
def test_an_address_that_was_typed_wrong_leads_somewhere(emulator, open_page, view):
    page = open_page(view)

    expect(page.locator("main h1, main .empty").first).to_be_visible()


@pytest.mark.parametrize(
    ("view", "seen"),
    [
        (f"resources/{EXAMPLE}", f"{EXAMPLE}"),
        ("resources/nope", "It is not there, or no longer."),
        ("resources/no.Kind", "no type of resource is called 'no.Kind'"),
    ],
)
def test_a_resource_is_found_by_its_id_alone(emulator, open_page, view, seen):
    page = open_page(view)

    expect(page.locator("main")).to_contain_text(seen)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "en",
            (
                "Ask",
                "It is stopped",
                "It passes",
                "stateful: the answer",
                "documented",
                "a rule of {} for ingress tcp 443 from",
            ),
        ),
        ("zh-CN", ("询问", "被拦下", "可以通过", "安全组是有状态的", "有文档", "在 {} 中添加 ingress tcp 443 来自")),
    ],
)
def test_the_picture_shows_whether_traffic_would_pass(emulator, open_page, test_account, picture, locale, words):
    ask, stopped, passes, state, documented, remedy = words
    group = test_account.call("POST", "/v2/securityGroup", {"name": "closed", "rules": []}).body["securityGroupId"]
    one, closed = test_account.instance(name="one"), test_account.instance(name="closed", securityGroupId=group)
    page = open_page("network", locale=locale)
    expect(page.locator(".network")).to_contain_text("closed")
    assert page.locator("#ends option").first.get_attribute("value") == "internet"
    assert {one, closed} <= {each.get_attribute("value") for each in page.locator("#ends option").all()}

    page.locator("input[name=source]").fill(one)
    page.locator("input[name=target]").fill(closed)
    page.get_by_role("button", name=ask, exact=True).click()

    expect(page.locator("#reaches")).to_contain_text(stopped)
    expect(page.locator("#reaches")).to_contain_text(remedy.format(group))
    assert page.locator(".reach tbody tr").last.locator(".no").count() == 1
    expect(page.locator(f'.network a.on-path[href="#/resources/bcc.Instance/{one}"]')).to_have_count(1)

    rule = {"direction": "ingress", "protocol": "tcp", "portRange": "443"}
    assert test_account.call("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": rule}).status == 200
    expect(page.locator("#reaches")).to_contain_text(passes)  # of itself: the world has changed
    expect(page.locator(".reach tbody")).to_contain_text(state)
    assert page.locator(".reach tbody a", has_text=documented).first.get_attribute("href").startswith("https://")
    picture(page, f"reachability{'.zh-CN' if locale == 'zh-CN' else ''}")

    page.locator("input[name=target]").fill("i-nobody00")
    page.get_by_role("button", name=ask, exact=True).click()
    expect(page.locator("#notice")).to_contain_text("no instance, interface")
