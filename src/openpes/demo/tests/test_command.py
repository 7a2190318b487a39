"""The command says in one sentence why it cannot start."""

from __future__ import annotations

import argparse

import pytest

from openpes.cli import demo
from openpes.organisations.models import Office


def arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return parser.parse_args(given)


def test_an_unknown_country_is_refused_and_the_known_ones_are_named(monkeypatch, capsys):
    monkeypatch.setenv("OPENPES_COUNTRY", "PH")
    assert demo.run(arguments("--country", "XX")) == 2
    assert "PH" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_nation_is_built_and_a_second_call_changes_nothing(monkeypatch, capsys):
    monkeypatch.setenv("OPENPES_COUNTRY", "PH")
    asked = arguments("--country", "PH", "--people", "60", "--vacancies", "20", "--offices", "2", "--no-match")
    assert demo.run(asked) == 0
    assert "60 people" in capsys.readouterr().err
    assert demo.run(asked) == 0
    assert "nothing was changed" in capsys.readouterr().err
    assert Office.objects.count() == 2


@pytest.mark.django_db
def test_impossible_sizes_are_refused_in_words(monkeypatch, capsys):
    monkeypatch.setenv("OPENPES_COUNTRY", "PH")
    assert demo.run(arguments("--country", "PH", "--people", "2")) == 2
    assert "at least 20 people" in capsys.readouterr().err
