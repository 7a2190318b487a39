"""Forms print themselves in the look, keep what was typed and understand every script's digits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from openpes.core.money import Pay, PayPeriod
from openpes.web.fields import parse_amount
from openpes.web.forms import (
    Chosen,
    DigitsCharField,
    MoneyField,
    OpenpesForm,
    PhoneField,
    PlainDateField,
    Proposal,
    SearchThenChooseField,
    fold_digits,
    with_look,
)


def propose(text: str) -> list[Proposal]:
    jobs = [Proposal("5120", "Cook"), Proposal("9412", "Kitchen helper", "Washes and prepares")]
    if text.casefold() == "cook exactly":
        return [Proposal("5120", "Cook", exact=True)]
    return jobs if "cook" in text.casefold() else []


class Registration(OpenpesForm):
    name = with_look(forms.CharField(label="Your name", help_text="One name is enough."), width=20)
    born_on = PlainDateField(
        label="When were you born?", birth=True, earliest=date(1900, 1, 1), latest=date(2011, 11, 24)
    )
    phone = PhoneField(label="Phone number")
    sex = forms.ChoiceField(label="Sex", choices=[("f", "Woman"), ("m", "Man")], widget=forms.RadioSelect)
    hours = with_look(
        forms.MultipleChoiceField(
            label="Hours",
            choices=[("am", "Mornings"), ("pm", "Evenings")],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        choice_hints={"am": "Before noon"},
    )
    pay = MoneyField(label="Pay", currency="PHP")
    work = SearchThenChooseField(label="Work", propose=propose)
    distance = with_look(forms.IntegerField(label="Distance"), suffix="km")
    card = DigitsCharField(label="Card", only_digits=True, required=False)
    consent = forms.BooleanField(label="You may keep this.")


GOOD = {
    "name": "Suharto",
    "born_on_day": "7",
    "born_on_month": "11",
    "born_on_year": "2004",
    "phone": "0917 123 4567",
    "sex": "f",
    "hours": ["am"],
    "pay_amount": "12,000",
    "pay_period": "month",
    "work_text": "cook",
    "work_code": "5120",
    "distance": "12",
    "card": "០១២ ៣៤",
    "consent": "on",
}


class Page(HTMLParser):
    """Every start tag of a piece of HTML, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]

    def by_id(self, id_: str) -> dict[str, str | None]:
        found = [attrs for _tag, attrs in self.tags if attrs.get("id") == id_]
        assert len(found) == 1, f"id {id_!r} stands {len(found)} times"
        return found[0]

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.tags if attrs.get("id")]


def page_of(form: OpenpesForm) -> Page:
    return Page(Template("{% load openpes %}{% error_summary form %}{{ form }}").render(Context({"form": form})))


def test_a_good_form_cleans_to_the_promised_types() -> None:
    form = Registration(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born_on"] == date(2004, 11, 7)
    assert form.cleaned_data["pay"] == Pay(Decimal(12000), "PHP", PayPeriod.MONTH)
    assert form.cleaned_data["work"] == Chosen("cook", "5120", "Cook")
    assert form.cleaned_data["card"] == "01234"
    assert page_of(form).all("a") == []


def test_every_control_has_a_label_and_every_reference_a_target() -> None:
    for data in (None, {}, GOOD, {"work_text": "cook"}):
        page = page_of(Registration(data))
        ids = page.ids()
        assert len(ids) == len(set(ids)), "an id stands twice"
        labelled = {attrs.get("for") for attrs in page.all("label")}
        controls = [c for c in page.all("input", "select", "textarea") if c.get("type") != "hidden"]
        assert len(controls) >= 15
        assert {c["id"] for c in controls} == labelled
        for _tag, attrs in page.tags:
            for target in (attrs.get("aria-describedby") or "").split():
                assert target in ids


def test_each_error_is_linked_from_the_summary_and_described_on_its_control() -> None:
    form = Registration({})
    page = page_of(form)
    assert set(form.errors) == {"name", "born_on", "phone", "sex", "pay", "work", "distance", "consent"}
    targets = [attrs["href"].removeprefix("#") for attrs in page.all("a") if attrs.get("href")]
    assert targets == [
        "id_name",
        "id_born_on_day",
        "id_phone",
        "id_sex_0",
        "id_pay_amount",
        "id_work_text",
        "id_distance",
        "id_consent",
    ]
    for target in targets:
        assert page.by_id(target)
    name = page.by_id("id_name")
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"] == "id_name_hint id_name_error"
    assert "govuk-input--error" in name["class"]
    assert "govuk-input--width-20" in name["class"]
    described = {attrs.get("aria-describedby") for attrs in page.all("fieldset")}
    assert {"id_born_on_error", "id_sex_error", "id_pay_error", "id_work_error"} <= described


def test_required_messages_name_the_field_and_say_what_to_do() -> None:
    errors = Registration({}).errors
    assert errors["name"] == ["Fill in “Your name”."]
    assert errors["sex"] == ["Choose an answer for “Sex”."]
    assert errors["consent"] == ["Tick the box to go on: “You may keep this”."]


def test_nothing_typed_is_lost_when_the_form_comes_back() -> None:
    typed = {
        **GOOD,
        "born_on_day": "៣១",
        "born_on_month": "2",
        "pay_amount": "twelve",
        "phone": "call me",
        "consent": "",
    }
    page = page_of(Registration(typed))
    assert page.by_id("id_born_on_day")["value"] == "៣១"
    assert page.by_id("id_pay_amount")["value"] == "twelve"
    assert page.by_id("id_phone")["value"] == "call me"
    assert "checked" in page.by_id("id_sex_0")
    assert "checked" in page.by_id("id_hours_0")


def test_browsers_may_fill_in_for_oneself_but_not_at_a_desk() -> None:
    page = page_of(Registration())
    assert page.by_id("id_name")["autocomplete"] == "name"
    assert page.by_id("id_phone")["autocomplete"] == "tel"
    assert page.by_id("id_phone")["inputmode"] == "tel"
    assert page.by_id("id_born_on_year")["autocomplete"] == "bday-year"
    assert page.by_id("id_distance")["inputmode"] == "numeric"

    class Desk(Registration):
        about_self = False

    desk = page_of(Desk())
    for id_ in ("id_name", "id_phone", "id_born_on_year"):
        assert desk.by_id(id_)["autocomplete"] == "off"


def test_hints_of_choices_are_tied_to_their_choice() -> None:
    assert page_of(Registration()).by_id("id_hours_0")["aria-describedby"] == "id_hours_0_hint"


def test_what_people_type_is_escaped() -> None:
    form = Registration({**GOOD, "name": "", "work_text": '<b onclick="x">cook', "work_code": ""})
    html = str(form) + Template("{% load openpes %}{% error_summary form %}").render(Context({"form": form}))
    assert "<b onclick" not in html


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("7", "11", "2004", date(2004, 11, 7)),
        ("០៧", "១១", "២០០៤", date(2004, 11, 7)),
        ("৭", "১১", "২০০৪", date(2004, 11, 7)),
        ("७", "११", "२००४", date(2004, 11, 7)),
        ("๗", "๑๑", "๒๐๐๔", date(2004, 11, 7)),
        ("29", "Feb", "2004", date(2004, 2, 29)),
        ("29", "february", "2004", date(2004, 2, 29)),
    ],
)
def test_dates_in_every_script(day: str, month: str, year: str, found: date) -> None:
    assert PlainDateField().clean([day, month, year]) == found


def test_month_names_of_the_readers_language() -> None:
    with translation.override("vi"):
        assert PlainDateField().clean(["7", "tháng 11", "2004"]) == date(2004, 11, 7)


@pytest.mark.parametrize(
    ("typed", "code", "first_wrong"),
    [
        (["", "11", "2004"], "missing_day", "day"),
        (["7", "", "2004"], "missing_month", "month"),
        (["7", "11", ""], "missing_year", "year"),
        (["32", "11", "2004"], "bad_day", "day"),
        (["7", "13", "2004"], "bad_month", "month"),
        (["7", "11", "04"], "bad_year", "year"),
        (["7", "11", "0000"], "bad_year", "year"),
        (["31", "2", "2004"], "no_such_date", "day"),
        (["7", "11", "1804"], "too_early", "year"),
        (["7", "11", "2025"], "too_late", "year"),
    ],
)
def test_a_wrong_date_says_which_part(typed: list[str], code: str, first_wrong: str) -> None:
    field = PlainDateField(earliest=date(1900, 1, 1), latest=date(2011, 11, 24))
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.code == code
    assert field.widget.id_in_error("id_x") == f"id_x_{first_wrong}"


def test_an_error_of_one_request_does_not_mark_the_next() -> None:
    Registration({**GOOD, "born_on_year": "04"}).is_valid()
    assert "govuk-input--error" not in str(Registration(GOOD)["born_on"])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12000", "12000"),
        ("12,000", "12000"),
        ("12.000", "12000"),
        ("12 000", "12000"),
        ("4.500.000", "4500000"),
        ("12,34,567", "1234567"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("12.5", "12.5"),
        ("១២០០០", "12000"),
        ("12,0000", None),
        ("twelve", None),
        ("-5", None),
        ("1,23,45", None),
        ("", None),
        ("12,000 pesos", None),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: str | None) -> None:
    assert parse_amount(text) == (None if amount is None else Decimal(amount))


def test_money_without_a_period_and_with_a_wrong_one() -> None:
    assert MoneyField(currency="PHP", periods=()).clean(["500"]) == Decimal(500)
    with pytest.raises(forms.ValidationError) as refused:
        MoneyField(currency="PHP").clean(["500", "fortnight"])
    assert refused.value.code == "bad_period"
    with pytest.raises(forms.ValidationError) as refused:
        MoneyField(currency="PHP").clean(["0", "month"])
    assert refused.value.code == "not_positive"


def test_money_shows_its_initial_value() -> None:
    class PayForm(OpenpesForm):
        pay = MoneyField(currency="PHP", label="Pay")

    page = page_of(PayForm(initial={"pay": Pay(Decimal("12000.50"), "PHP", PayPeriod.DAY)}))
    assert page.by_id("id_pay_amount")["value"] == "12000.5"
    assert [o["value"] for o in page.all("option") if "selected" in o] == ["day"]


def test_search_comes_back_with_proposals_then_takes_the_choice() -> None:
    first = Registration({**GOOD, "work_code": ""})
    assert first.errors["work"] == ["Choose the one you mean from the list."]
    offered = [c for c in page_of(first).all("input") if c.get("name") == "work_code"]
    assert [c["value"] for c in offered] == ["5120", "9412"]
    assert offered[1]["aria-describedby"] == "id_work_code_1_hint"
    assert Registration({**GOOD, "work_code": "9412"}).is_valid()
    assert Registration({**GOOD, "work_text": "cook exactly", "work_code": ""}).is_valid()


def test_search_refuses_codes_it_never_offered_and_says_when_it_found_nothing() -> None:
    assert not Registration({**GOOD, "work_code": "1111"}).is_valid()
    lost = Registration({**GOOD, "work_text": "astronaut", "work_code": ""})
    assert "“astronaut”" in lost.errors["work"][0]
    assert "govuk-input--error" in page_of(lost).by_id("id_work_text")["class"]


def test_search_may_keep_own_words() -> None:
    field = SearchThenChooseField(propose=propose, own_words="None of these")
    assert field.clean(["cook", "-"]) == Chosen("cook")
    assert field.clean(["astronaut", ""]) == Chosen("astronaut")
    with pytest.raises(forms.ValidationError):
        field.clean(["cook", ""])


@pytest.mark.parametrize("text", ["0917 123 4567", "+855 12 345 678", "(02) 8123-4567", "០១២ ៣៤៥ ៦៧៨"])
def test_phones_as_people_write_them(text: str) -> None:
    cleaned = PhoneField().clean(text)
    assert re.fullmatch(r"[0-9+() .\-]+", cleaned)


@pytest.mark.parametrize("text", ["call me", "123", "0917 12a 4567"])
def test_not_phones(text: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        PhoneField().clean(text)
    assert refused.value.code == "not_phone"


def test_digits_of_every_script_fold() -> None:
    assert fold_digits("០១២៣ ໐໑໒໓ ๐๑๒๓ ০১২৩ ०१२३ ０１２３ abc½") == "0123 0123 0123 0123 0123 0123 abc½"
