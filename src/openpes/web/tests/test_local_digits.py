"""Digits of the page's language, and every script's digits wherever somebody types."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from openpes.core.dates_in_words import DIGITS
from openpes.core.ids import fold_ref
from openpes.web import fields
from openpes.web.forms import ClockField, DigitsCharField, MoneyField, PhoneField, PlainDateField
from openpes.web.local_digits import in_own_digits


def test_text_changes_and_markup_entities_codes_and_typed_words_do_not():
    page = (
        '<p class="col-2" id="a1">10 मध्ये 9&#39;&nbsp;12</p><p>7KQ3-Q9FX</p><textarea>12</textarea>'
        '<input value="24"><script>let a = 12</script><svg viewBox="0 0 12 12"><text>12</text></svg><b>1,500</b>'
    )
    changed = page.replace("10 मध्ये 9&#39;&nbsp;12", "१० मध्ये ९&#39;&nbsp;१२").replace("1,500", "१,५००")
    assert in_own_digits(page, DIGITS["ne"]) == changed


def test_an_english_page_is_left_as_it_is(db):
    page = Client().get("/", headers={"accept-language": "en"}).content.decode()
    assert not set(page) & set("".join(DIGITS.values()))


TYPED = ["12", "१२", "১২", "១២", "໑໒", "๑๒", "１２"]


@pytest.mark.parametrize("typed", TYPED)
def test_digits_of_every_script_are_a_number(typed):
    assert forms.IntegerField().clean(typed) == 12
    assert DigitsCharField(only_digits=True).clean(typed) == "12"
    assert MoneyField(currency="PHP", periods=()).clean([typed]) == 12
    assert PlainDateField().clean([typed, typed, "2004"]) == date(2004, 12, 12)
    assert ClockField().clean(f"{typed}:30") == time(12, 30) and ClockField().clean(f"{typed}") == time(12, 0)
    assert PhoneField().clean(f"0917 123 45{typed}") == "0917 123 4512"


NEPAL = {"latest": date(2012, 11, 24)}


@pytest.mark.parametrize(
    ("country", "language", "typed", "bounds", "day"),
    [
        ("NP", "ne", ["५", "३", "२०६०"], NEPAL, date(2003, 6, 19)),
        ("NP", "ne", ["५", "असार", "२०६०"], NEPAL, date(2003, 6, 19)),
        ("NP", "en", ["5", "Asar", "2060"], NEPAL, date(2003, 6, 19)),
        ("NP", "en", ["19", "June", "2003"], NEPAL, date(2003, 6, 19)),
        ("NP", "en", ["19", "6", "2003"], NEPAL, date(2003, 6, 19)),
        ("TH", "th", ["๗", "พฤศจิกายน", "๒๕๔๗"], {}, date(2004, 11, 7)),
        ("TH", "th", ["7", "11", "2004"], {}, date(2004, 11, 7)),
        ("LA", "lo", ["໗", "ພະຈິກ", "໒໕໔໗"], {}, date(2004, 11, 7)),
        ("KH", "km", ["៧", "វិច្ឆិកា", "២០០៤"], {}, date(2004, 11, 7)),
        ("MN", "mn", ["7", "арван нэгдүгээр сар", "2004"], {}, date(2004, 11, 7)),
        ("TL", "tet", ["7", "Novembru", "2004"], {}, date(2004, 11, 7)),
        ("TL", "pt", ["7", "novembro", "2004"], {}, date(2004, 11, 7)),
        ("FJ", "fj", ["7", "Noveba", "2004"], {}, date(2004, 11, 7)),
        ("VN", "vi", ["7", "tháng 11", "2004"], {}, date(2004, 11, 7)),
        ("CN", "zh-hans", ["7", "11月", "2004"], {}, date(2004, 11, 7)),
        ("KR", "ko", ["7", "11월", "2004"], {}, date(2004, 11, 7)),
    ],
)
def test_a_date_is_read_in_the_calendar_it_was_typed_in(settings, country, language, typed, bounds, day):
    settings.COUNTRY = country
    with translation.override(language):
        assert PlainDateField(**bounds).clean(typed) == day


@pytest.mark.parametrize(
    ("country", "language", "boxes"),
    [
        ("NP", "ne", ["8", "8", "2083"]),
        ("NP", "en", ["24", "11", "2026"]),
        ("TH", "th", ["24", "11", "2569"]),
        ("VN", "vi", ["24", "11", "2026"]),
    ],
)
def test_a_date_that_is_known_stands_in_the_readers_calendar_and_reads_back(settings, country, language, boxes):
    settings.COUNTRY = country
    with translation.override(language):
        field = PlainDateField()
        assert field.widget.decompress(date(2026, 11, 24)) == boxes
        assert field.clean(boxes) == date(2026, 11, 24)
        assert not field.has_changed(date(2026, 11, 24), boxes)


def test_a_date_that_exists_in_no_calendar_is_refused(settings):
    settings.COUNTRY = "NP"
    with pytest.raises(forms.ValidationError) as refused:
        PlainDateField().clean(["32", "1", "2083"])
    assert refused.value.code == "no_such_date"
    settings.COUNTRY = "PH"
    with pytest.raises(forms.ValidationError) as refused:
        PlainDateField().clean(["32", "3", "2083"])
    assert refused.value.code == "bad_day"


def test_no_form_reads_a_time_that_only_latin_digits_can_say():
    """Django's own field of a time reads 09:30 and not ๐๙:๓๐."""
    with pytest.raises(forms.ValidationError):
        forms.TimeField(input_formats=["%H:%M"]).clean("๐๙:๓๐")
    web = Path(fields.__file__).parent
    plain = [
        path for path in web.rglob("*.py") if "forms.TimeField(" in path.read_text("utf-8") and path.name != "fields.py"
    ]
    assert [path for path in plain if "tests" not in path.parts] == []


@pytest.mark.parametrize("typed", ["7KQ3-Q9FX", "๗kq๓ q๙fx", "৭KQ৩Q৯FX", "７ＫＱ３－Ｑ９ＦＸ"])
def test_a_reference_is_the_same_in_every_script(typed):
    assert fold_ref(typed) == "7KQ3Q9FX"
