"""Who has read a catalogue, and which texts on consent and safety wait; and languages that libraries do not know."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_timedelta
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.numbers import format_decimal
from django.utils import formats, translation
from django.utils.translation import trans_real

from openpes.config import catalogues, locale_info, reviews
from openpes.core.dates_in_words import locale_of

CONSENT, PLAIN = "You may take this back at any time.", "See the jobs"


def template(*sentences: tuple[str, str]) -> Catalog:
    found = Catalog()
    for sentence, place in sentences:
        found.add(sentence, locations=[(place, 1)])
    return found


@pytest.fixture
def nepali(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A catalogue of two sentences, one of them about consent."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    monkeypatch.setattr(locale_info, "LOCALES", tmp_path)
    used = template((CONSENT, "people/words.py"), (PLAIN, "web/public/jobs.py"))
    monkeypatch.setattr(catalogues, "collect", lambda: used)
    catalogues.update("ne", used, texts={CONSENT: "जहिले पनि फिर्ता लिन सक्नुहुन्छ।", PLAIN: "जागिर हेर्नुहोस्"})
    return used


def test_a_new_catalogue_is_a_draft_and_its_texts_on_consent_wait(nepali):
    assert reviews.review_of("ne").is_draft and locale_info.unsigned(["ne", "en"]) == ["ne"]
    waiting = reviews.unreviewed_texts(["ne", "en"])
    assert [(one.sentence, one.translation, one.place) for one in waiting] == [
        (CONSENT, "जहिले पनि फिर्ता लिन सक्नुहुन्छ।", "people/words.py")
    ]


def test_a_signature_holds_until_a_text_on_consent_changes_or_comes(nepali, monkeypatch):
    signed = reviews.sign("ne", reviewer="Sita Thapa, Employment Service Centre", on=date(2027, 1, 31))
    assert (signed.reviewer, signed.on, signed.whole, signed.is_draft) == (
        "Sita Thapa, Employment Service Centre", date(2027, 1, 31), True, False
    )  # fmt: skip
    assert locale_info.unsigned(["ne"]) == [] and reviews.unreviewed_texts(["ne"]) == []
    catalogues.update("ne", nepali, texts={PLAIN: "काम हेर्नुहोस्"})
    assert reviews.unreviewed_texts(["ne"]) == [], "the name stays, and a button is not about consent"
    catalogues.update("ne", nepali, texts={CONSENT: "फिर्ता लिन सकिँदैन।"})
    assert [one.sentence for one in reviews.unreviewed_texts(["ne"])] == [CONSENT]
    reviews.sign("ne", reviewer="Sita Thapa", on=date(2027, 2, 1))
    assert reviews.unreviewed_texts(["ne"]) == []
    more = template((CONSENT, "people/words.py"), (PLAIN, "web/public/jobs.py"), ("New", "circumstances/words.py"))
    monkeypatch.setattr(catalogues, "collect", lambda: more)
    catalogues.update("ne", more)
    assert {one.sentence for one in reviews.unreviewed_texts(["ne"])} == {CONSENT, "New"}


@pytest.mark.parametrize("reviewer", ["", "  ", 'A "quoted" name', "two\nlines"])
def test_nobody_and_odd_names_cannot_sign(nepali, reviewer):
    before = catalogues.path_of("ne").read_bytes()
    with pytest.raises(ValueError, match="who has read"):
        reviews.sign("ne", reviewer=reviewer, on=date(2027, 1, 31))
    assert catalogues.path_of("ne").read_bytes() == before


def test_a_catalogue_with_gaps_cannot_be_signed_and_english_has_none(nepali, monkeypatch):
    monkeypatch.setattr(catalogues, "collect", lambda: template((CONSENT, "people/words.py"), ("Else", "web/a.py")))
    with pytest.raises(ValueError, match="1 sentences are not translated"):
        reviews.sign("ne", reviewer="Sita Thapa", on=date(2027, 1, 31))
    for code in ("en", "xx", "th"):
        with pytest.raises(ValueError, match="no catalogue"):
            reviews.sign(code, reviewer="Sita Thapa", on=date(2027, 1, 31))


def test_a_language_without_a_catalogue_is_not_offered(nepali):
    assert locale_info.languages_of("NP") == [("ne", "नेपाली"), ("en", "English")]
    assert locale_info.languages_of("TH") == [("en", "English")]
    assert locale_info.languages_of("XX") == [("en", "English")]


def test_a_sentence_that_is_not_translated_is_compiled_as_english(nepali):
    wanted = template((PLAIN, "web/a.py"), ("Not yet", "web/b.py"))
    wanted.add(("%(n)s job", "%(n)s jobs"), locations=[("web/c.py", 1)])
    catalogues.update("ne", wanted, texts={})
    assert catalogues.compile_all(only_stale=False) == ["ne"]
    with catalogues.path_of("ne").with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert compiled.get("Not yet").string == "Not yet"
    assert tuple(compiled.get(("%(n)s job", "%(n)s jobs")).string) == ("%(n)s job", "%(n)s jobs")


def test_every_language_of_the_pages_has_its_names_and_marks():
    spoken = {code for codes in locale_info.PAGES_IN.values() for code in codes}
    assert len(spoken) == 18 and spoken == set(locale_info.OWN_NAMES)
    assert set(locale_info.DRAFT_MARKS) == spoken - {"en"}
    assert (locale_info.html_tag("zh-hans"), locale_info.folder_of("zh-hans")) == ("zh-Hans", "zh_Hans")
    for code in spoken:
        assert translation.get_language_info(code)["code"] == code


@pytest.mark.parametrize(
    ("language", "past", "future"),
    [
        ("tet", "loron 3 liubá", "loron 3 tan"),
        ("fj", "3 na siga sa oti", "3 na siga mai oqo"),
        ("hif", "3 din pahile", "3 din me"),
    ],
)
def test_languages_that_cldr_lacks_have_words_for_time(language, past, future):
    locale = Locale.parse(language)
    assert format_timedelta(timedelta(days=-3), add_direction=True, locale=locale) == past
    assert format_timedelta(timedelta(days=3), add_direction=True, locale=locale) == future
    assert (
        len({*locale.months["format"]["wide"].values()}) == 12 and len({*locale.days["format"]["wide"].values()}) == 7
    )


@pytest.mark.parametrize(
    ("country", "language"),
    [
        (country, code)
        for country in locale_info.PAGES_IN
        for code, _name in locale_info.languages_of(country)
        if code != "en"
    ],
)
def test_numbers_are_written_alike_by_both_libraries(country, language):
    # The framework reads a language's formats only where it finds a compiled catalogue.
    catalogues.compile_all()
    trans_real.translation_catalog_exists.cache_clear()
    locale = locale_of(language, country)
    with translation.override(language):
        formats.reset_format_cache()
        for number in (1234567, 12345, 999):
            by_babel = format_decimal(number, locale=locale, numbering_system="latn")
            assert formats.localize(number, use_l10n=True).replace("\u202f", "\u00a0") == by_babel
        assert formats.localize(2.5, use_l10n=True) == format_decimal(2.5, locale=locale, numbering_system="latn")
    formats.reset_format_cache()
