"""``openpes occupation`` answers in JSON and says with its exit code how it went."""

import io
import json

import pytest

from openpes.cli.__main__ import main


def test_search_prints_a_list_best_first(capsys):
    assert main(["occupation", "search", "thợ hàn", "--lang", "vi", "--limit", "3"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0]["isco"] == "7212" and found[0]["title"] == "Thợ hàn"
    assert len(found) <= 3
    assert {"isco", "title", "label", "score"} <= set(found[0])


def test_search_prints_an_empty_list_when_nothing_fits(capsys):
    assert main(["occupation", "search", "qzxwvk jjqq"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_code_writes_a_line_for_each_title(monkeypatch, tmp_path, capsys):
    out = tmp_path / "codes.jsonl"
    monkeypatch.setattr("sys.stdin", io.StringIO("welder\n\nwaiter\n"))
    assert main(["occupation", "code", "--out", str(out), "--limit", "2"]) == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == ["welder", "", "waiter"]
    assert [line["confidence"] for line in lines] == ["high", "none", "high"]
    assert lines[2]["codes"][0]["isco"] == "5131" and len(lines[2]["codes"]) <= 2
    assert "3 jobs, 1 without a code" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["search", "cook", "--limit", "0"], ["code", "--out", "no/such/folder/f"]])
def test_what_cannot_start_says_why(given, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("cook\n"))
    assert main(["occupation", *given]) == 2
    assert capsys.readouterr().err.strip().endswith((".", "--out."))
