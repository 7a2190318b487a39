"""Titles of loaded taxonomies are found beside ours, without making anybody wait or our own words worse."""

from __future__ import annotations

import pytest

from openpes.reference import titles


class Source:
    """Titles made up for the tests."""

    def __init__(self, **by_language):
        self.by_language, self.now, self.closed, self.asked = by_language, "1", 0, 0

    def stamp(self):
        self.asked += 1
        return self.now

    def titles(self, language):
        return self.by_language.get(language, [])

    def close(self):
        self.closed += 1


@pytest.fixture
def keeper_of():
    def keep(source):
        keeper = titles.add_titles_from(source)
        for language in (*source.by_language, "en"):
            keeper.refresh(language)
        return keeper

    yield keep
    titles.add_titles_from(None)


def test_a_language_without_titles_of_our_own_is_searched(keeper_of):
    keeper_of(Source(fr=[("serveur de restaurant", "5131"), ("cuisinière", "5120")]))
    found = titles.search("serveur de restaurant", "fr-CA")
    assert (found[0].isco, found[0].label, found[0].confidence) == ("5131", "serveur de restaurant", "high")
    assert titles.search("cuisiniere", "fr")[0].isco == "5120"


def test_new_words_are_found_and_never_called_sure_where_we_have_our_own(keeper_of):
    before = titles.search("teacher", "en")
    keeper_of(Source(en=[("teacher", "2310"), ("zorbing instructor", "3423")]))
    found = titles.search("zorbing instructor", "en")[0]
    assert (found.isco, found.confidence) == ("3423", "medium")
    assert titles.confidence(titles.search("teacher", "en")) == titles.confidence(before) == "low"


def test_our_own_words_answer_as_before(keeper_of):
    before = [titles.search(words, "vi")[0] for words in ("thợ hàn", "công nhân")]
    keeper_of(Source(en=[("thợ hàn", "9629"), ("công nhân", "9629")]))
    assert [titles.search(words, "vi")[0] for words in ("thợ hàn", "công nhân")] == before


def test_a_failing_or_empty_source_leaves_our_own_titles(keeper_of, caplog):
    class Broken(Source):
        def stamp(self):
            raise RuntimeError("no database")

    source = Broken()
    keeper_of(source)
    assert titles.search("waiter", "en")[0].isco == "5131"
    assert "cannot be read" in caplog.text and source.closed
    keeper_of(Source())
    assert titles.search("waiter", "en")[0].isco == "5131"


def test_a_change_is_taken_in_and_the_source_is_not_asked_for_each_search(keeper_of):
    source = Source(fr=[("serveur", "5131")])
    keeper = keeper_of(source)
    keeper._looked.update(dict.fromkeys(("fr", *titles.languages()), float("inf")))
    asked = source.asked
    assert titles.search("zingueur", "fr")[:1] == []
    assert source.asked == asked
    source.by_language["fr"], source.now = [("zingueur", "7121")], "2"
    keeper.refresh("fr")
    assert titles.search("zingueur", "fr")[0].isco == "7121"
