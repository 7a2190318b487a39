"""Free words find the right unit group, and doubt is admitted."""

import random
import time
import unicodedata

import pytest

from openpes.reference import taxonomy, titles


@pytest.mark.parametrize(
    ("text", "language", "isco"),
    [
        ("waitress", "en", "5131"),
        ("WAITER", "en", "5131"),
        ("watier", "en", "5131"),
        ("elektrician", "en", "7411"),
        ("Urgent hiring: Sales Lady (2)", "en", "5223"),
        ("I want to work as a cook in a hotel", "en", "5120"),
        ("call center agent", "en", "4222"),
        ("sewer in a garment factory", "en", "8153"),
        ("kahera", "fil", "5230"),
        ("tagaluto", "fil", "5120"),
        ("yaya", "fil", "5311"),
        ("nail technician", "fil", "5142"),
        ("thợ hàn", "vi", "7212"),
        ("tho han", "vi", "7212"),
        ("thợ may", "vi", "7531"),
        ("cần tuyển thợ may gấp", "vi", "7531"),
        ("công nhân", "vi", "9329"),
        ("Phụ hồ", "vi-VN", "9313"),
        ("bán trà sữa", "vi", "5246"),
        ("ជាងផ្សារដែក", "km", "7212"),
        ("ចុងភៅ", "km", "5120"),
        ("ចុង\u200bភៅ", "km", "5120"),
        ("electrician", "km", "7411"),
        ("ប៉ូលិស", "en", "5412"),
    ],
)
def test_everyday_words_find_their_group_first(text, language, isco):
    assert titles.search(text, language)[0].isco == isco


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!!", "\u200b", "qzxwvk jjqq"])
def test_nothing_fits_nonsense(text):
    found = titles.search(text, "en")
    assert found == []
    assert titles.confidence(found) == "none"


def test_no_word_is_taken_for_another_by_chance():
    chance = random.Random(7)
    nonsense = {"qqqqq", *("".join(chance.choices("qxzjvkw", k=5)) for _ in range(300))}
    found = {text: titles.search(text, "en", limit=1) for text in nonsense}
    assert {text: first for text, first in found.items() if first} == {}


def test_confidence_is_high_for_a_clear_title_and_low_for_a_vague_one():
    assert titles.confidence(titles.search("bricklayer", "en")) == "high"
    assert titles.confidence(titles.search("teacher", "en")) == "low"


def test_only_the_first_proposal_can_be_sure():
    found = titles.search("welder", "en")
    assert found[0].confidence == "high"
    assert {proposal.confidence for proposal in found[1:]} <= {"low"}


def test_proposals_are_sorted_distinct_and_within_the_limit():
    for text in ("driver", "teacher", "machine operator"):
        found = titles.search(text, "en", limit=7)
        assert len(found) <= 7
        assert len({proposal.isco for proposal in found}) == len(found)
        scores = [proposal.score for proposal in found]
        assert scores == sorted(scores, reverse=True) and scores[0] <= 1.0


def test_a_proposal_names_the_group_in_the_language_asked_for():
    assert titles.search("thợ hàn", "vi")[0].title == "Thợ hàn"
    assert titles.search("welder", "vi")[0].title == "Thợ hàn"


def test_propose_asks_less_when_it_is_sure():
    assert len(titles.propose("teacher", "en")) > 1
    assert [proposal.isco for proposal in titles.propose("bricklayer", "en")] == ["7112"]


def test_normalise_gives_one_spelling():
    assert titles.normalise("  Wait\u200dER,  no. ３ ") == "waiter no"
    assert titles.normalise("CAFÉ") == titles.normalise(unicodedata.normalize("NFD", "café")) == "café"
    assert titles.normalise("ការងារ ១២") == "ការងារ"
    assert titles.fold("thợ điện") == "tho dien"
    assert titles.fold("ចុងភៅ") == "ចុងភៅ"


@pytest.mark.parametrize("language", ["en", "fil", "km", "vi"])
def test_every_title_finds_its_own_group(language):
    own = [title for title in taxonomy.titles() if title.language == language]
    sample = random.Random(5).sample(own, 150)
    found = sum(title.isco in [p.isco for p in titles.search(title.label, language, 3)] for title in sample)
    assert found >= 147


def test_typos_are_forgiven():
    rng = random.Random(11)
    names = [name for name in taxonomy.names_in("en").items() if 8 <= len(name[1]) <= 30 and name[1].isascii()]
    hits = 0
    for isco, name in rng.sample(names, 100):
        at = rng.randrange(1, len(name) - 2)
        typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        hits += isco in [proposal.isco for proposal in titles.search(typed, "en", 3)]
    assert hits >= 95


def test_titles_left_out_of_the_index_are_still_coded():
    """A tenth of the English titles is held out; labels alone, without the skills, must still find their groups."""
    english = [title for title in taxonomy.titles() if title.language == "en"]
    held_out = set(random.Random(2).sample(range(len(english)), len(english) // 10))
    labels = [(title.label, title.isco) for number, title in enumerate(english) if number not in held_out]
    labels += [(name, isco) for isco, name in taxonomy.names_in("en").items()]
    index = titles.TitleIndex(labels, {})
    first = tenth = 0
    for number in held_out:
        found = index.best_labels(titles.normalise(english[number].label))
        ranked = sorted(found, key=lambda isco: -found[isco][0][0])[:10]
        first += ranked[:1] == [english[number].isco]
        tenth += english[number].isco in ranked
    assert first / len(held_out) >= 0.32
    assert tenth / len(held_out) >= 0.78


def test_a_query_is_quick():
    titles.search("warm up", "en")
    words = [title.label for title in taxonomy.titles() if title.language == "en"][::100]
    started = time.process_time()
    for word in words:
        titles.search(word, "en")
    assert (time.process_time() - started) / len(words) < 0.01
