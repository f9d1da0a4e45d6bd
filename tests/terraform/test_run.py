"""``make terraform``, where its tools are not there."""

from __future__ import annotations

import pytest

from tests.terraform import run


@pytest.mark.parametrize(("tools", "said"), [((), "no terraform or tofu"), (("terraform",), "no terraform-provider")])
def test_what_cannot_run_is_named_and_fails_nothing(monkeypatch, capsys, tools, said):
    monkeypatch.delenv("TERRAFORM", raising=False)
    monkeypatch.delenv("PROVIDER", raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: "true" if name in tools else None)

    assert run.main() == 0

    printed = capsys.readouterr().out
    assert printed.startswith("LEFT OUT make terraform: ")
    assert said in printed
    assert all(path.name in printed for path in run.scenarios()[:-1] if tools)


def test_every_scenario_can_be_changed():
    texts = [path.joinpath("main.tf").read_text() for path in run.scenarios()[:-1]]

    assert len(texts) > 4
    assert all('variable "changed"' in text and "var.changed" in text and 'output "imports"' in text for text in texts)
