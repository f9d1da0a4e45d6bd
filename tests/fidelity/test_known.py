"""The file of known differences: an entry that no recording can ever meet is refused in one sentence."""

from __future__ import annotations

from collections import Counter

import pytest

from bce_emulator.fidelity import entries
from bce_emulator.fidelity.compare import Comparison
from bce_emulator.fidelity.differences import KINDS, Difference, Differences
from bce_emulator.fidelity.known import judge, read_known
from bce_emulator.settings import SettingError


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("bcc.ListZone items zones[]", "'bcc.ListZone' is no operation; did you mean bcc.ListZones"),
        ("ListZones items zones[]", "'ListZones' is no operation; did you mean bcc.ListZones"),
        ("bcc.Instance items zones[]", "'bcc.Instance' is no operation"),
        ("bcc.ListZones lifecycle Active", "'bcc.ListZones' is no kind of resource with statuses"),
        ("bcc.Instanze lifecycle Active", "did you mean bcc.Instance"),
        ("bcc.Instance duration Runing", "bcc.Instance is never 'Runing' here; did you mean Running?"),
        ("bcc.ListZones status 200", "such as 404->400, not '200'"),
        ("bcc.ListZones status 404->404", "such as 404->400"),
        ("bcc.ListZones status 503->400", "such as 404->400"),
        ("bcc.ListZones status 404->501", "such as 404->400"),
        ("bcc.ListZones status 999->400", "such as 404->400"),
        ("bcc.ListZones code A", "such as A->B"),
        ("bcc.ListZones code BadRequest->BadRequest", "such as A->B"),
        ("bcc.ListZones code A->BadReqest", "never answers the code 'BadReqest'; did you mean BadRequest"),
        ("bcc.ListZones message BadReqest", "never answers the code 'BadReqest'"),
        ("bcc.ListZones message A->BadRequest", "the place of 'message' is a code"),
        ("bcc.ListZones added zones[].zonename", "bcc.ListZones answers nothing at 'zones[].zonename' here"),
        ("bcc.ListZones type zones.zoneName", "answers nothing at 'zones.zoneName' here"),
        ("bcc.ListZones value zones[].zoneName.x", "answers nothing at 'zones[].zoneName.x' here"),
        ("bcc.ListZones items zones", "with [] at its end, not 'zones'"),
        ("bcc.ListInstances paging instances[]", "'paging' is about isTruncated"),
        ("bcc.ListZones emulated zones", "the place of 'emulated' is -"),
    ],
)
def test_an_entry_that_can_never_be_met_is_refused(tmp_path, entry, said):
    path = tmp_path / "known.txt"
    path.write_text(f"# ours\n{entry}  # why\n")

    with pytest.raises(SettingError) as refused:
        read_known(path)

    assert str(refused.value).startswith(f"--known {path}, line 2: ")
    assert said in str(refused.value)


MET = [
    "bcc.ListZones items zones[]", "bcc.ListZones order zones", "bcc.ListZones missing zones[].x", "bcc.ListZones value zones[].zoneName",
    "bcc.ListZones type -", "bcc.ListZones added requestId", "bcc.ListZones status 404->400", "bcc.ListZones status 200->500",
    "bcc.GetInstance code A->NoSuchObject", "bcc.GetInstance code ->NoSuchObject", "bcc.GetInstance message NoSuchObject",
    "bcc.ListInstances paging isTruncated", "bcc.Instance lifecycle Mending", "bcc.Instance duration Starting", "? lifecycle Mending",
    "bcc.GetInstance relation instance.vpcId", "bcc.ListZones emulated -",
]  # fmt: skip


def test_an_entry_of_each_kind_that_can_be_met_is_read(tmp_path):
    path = tmp_path / "known.txt"
    path.write_text("".join(f"{entry}  # why\n" for entry in MET))

    assert list(read_known(path)) == MET
    assert {entry.split()[1] for entry in MET} == KINDS.keys()


def test_what_is_emulated_by_now_is_to_be_taken_out_whatever_the_recording_has():
    known = {
        "bcc.ListZones emulated -": "why",
        "bcc.ListZones items zones[]": "why",
    }

    assert judge(Comparison(Differences()), known).stale == ["bcc.ListZones emulated -"]
    assert judge(Comparison(Differences(), Counter({"bcc.ListZones": 1})), known).stale == [
        "bcc.ListZones emulated -",
        "bcc.ListZones items zones[]",
    ]


def test_what_is_not_emulated_differs_in_nothing_else(monkeypatch):
    monkeypatch.setattr(entries, "emulated", lambda _: None)

    assert entries.why_not("bcc.ListZones", "emulated", "-") == ""
    assert "differs in nothing but 'bcc.ListZones emulated -'" in entries.why_not("bcc.ListZones", "added", "zones")


@pytest.mark.parametrize("odd", [" ", "#", "\t", "\x0b", "\x1c", "\x85", "\u2003", "\u2028"])
def test_what_a_difference_is_called_can_be_an_entry_whatever_the_cloud_calls_its_members(tmp_path, odd):
    key = Difference("bcc.ListZones", "missing", f"a{odd}b", "", "", 1).key
    path = tmp_path / "known.txt"
    path.write_text(f"{key}  # why\n")

    assert read_known(path) == {"bcc.ListZones missing a_b": "why"}
