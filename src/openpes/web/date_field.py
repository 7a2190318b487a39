"""A date typed in three boxes, in any script, with the month as a number or by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.core import clock
from openpes.core.calendars import BIKRAM_SAMBAT, BUDDHIST_FROM, GREGORIAN, as_typed, bikram_month, to_civil
from openpes.core.dates_in_words import calendar_for
from openpes.reference.country import country
from openpes.web.fields import PartsWidget, fold_digits


class PlainDateWidget(PartsWidget):
    """Day, month and year in three boxes with their own labels."""

    template_name = "openpes/forms/widgets/plain_date.html"
    parts = ("day", "month", "year")

    def __init__(self, *, birth: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.birth = birth
        self.offer_autocomplete = birth
        self.parts_in_error: set[str] = set()
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {part: forms.TextInput() for part in self.parts}
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)):
            value = date(int(found[1]), int(found[2]), int(found[3]))
        if isinstance(value, date):
            return [str(part) for part in reversed(_shown_as(value))]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        for part, box in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            wrong = part in self.parts_in_error
            width = 4 if part == "year" else 2
            box["label"] = labels[part]
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input govuk-input--width-{width}" + (
                " govuk-input--error" if wrong else ""
            )
            # Month also takes the month's name, so its keyboard keeps letters.
            box["attrs"]["inputmode"] = "text" if part == "month" else "numeric"
            box["attrs"]["maxlength"] = 4 if part == "year" else 12
            if wrong:
                box["attrs"]["aria-invalid"] = "true"
            if self.offer_autocomplete:
                box["attrs"]["autocomplete"] = f"bday-{part}"
            elif self.birth:
                box["attrs"]["autocomplete"] = "off"
        return context

    def id_in_error(self, id_: str) -> str:
        """The id of the first box in error, or of the first box."""
        for part in self.parts:
            if part in self.parts_in_error:
                return f"{id_}_{part}"
        return f"{id_}_{self.parts[0]}"


class PlainDateField(forms.MultiValueField):
    """A date typed as day, month and year; digits of every script and month names are understood.

    It may be in the country's own calendar or in the Gregorian one: see core.calendars.as_typed for the rule.

    Cleans to ``datetime.date``. ``earliest`` and ``latest`` are inclusive and may be set per request
    (``form.fields["born_on"].latest = today``). ``birth`` lets the browser fill in the own birthday.
    """

    widget: Any = PlainDateWidget
    default_error_messages = {
        "missing_day": _("Type the day as well, for example 7."),
        "missing_month": _("Type the month as well, for example 11."),
        "missing_year": _("Type the year as well, for example 2004."),
        "bad_day": _("The day must be a number from 1 to 31."),
        "bad_month": _("The month must be a number from 1 to 12, or its name."),
        "bad_year": _("The year must have 4 numbers, for example 2004."),
        "no_such_date": _("This date does not exist. Check the day and the month."),
        "too_early": _("This date is too long ago. Check the year."),
        "too_late": _("This date is too late. Check the year."),
    }

    def __init__(
        self, *, birth: bool = False, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("widget", PlainDateWidget(birth=birth))
        boxes = [forms.CharField(required=False) for _part in PlainDateWidget.parts]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def _refuse(self, code: str, *parts: str) -> ValidationError:
        self.widget.parts_in_error = set(parts)
        return ValidationError(self.error_messages[code], code=code)

    def clean(self, value: Any) -> date | None:
        self.widget.parts_in_error = set()
        if isinstance(value, date):
            value = self.widget.decompress(value)
        typed = [fold_digits(str(part or "")).strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise self._refuse("required", *PlainDateWidget.parts)
            return None
        for part, text in zip(PlainDateWidget.parts, typed, strict=True):
            if not text:
                raise self._refuse(f"missing_{part}", part)
        found = self._to_date(*typed)
        if self.earliest and found < self.earliest:
            raise self._refuse("too_early", "year")
        if self.latest and found > self.latest:
            raise self._refuse("too_late", "year")
        self.validate(found)
        self.run_validators(found)
        return found

    def _to_date(self, day_text: str, month_text: str, year_text: str) -> date:
        # A month of the Bikram Sambat may have 32 days.
        if not re.fullmatch(r"[0-9]{1,2}", day_text) or not 1 <= int(day_text) <= 31 + _has_long_months():
            raise self._refuse("bad_day", "day")
        month, only = month_number(month_text), None
        if month is None and (month := bikram_month(month_text)):
            only = BIKRAM_SAMBAT
        elif not month_text.isdecimal():
            only = GREGORIAN
        if month is None:
            raise self._refuse("bad_month", "month")
        if not re.fullmatch(r"[0-9]{4}", year_text) or not int(year_text) >= 1:
            raise self._refuse("bad_year", "year")
        year, day = int(year_text), int(day_text)
        if year >= BUDDHIST_FROM:
            only = None
        try:
            return as_typed(
                year, month, day, country().calendar.civil,
                near=clock.now().date(), earliest=self.earliest, latest=self.latest, only=only,
            )  # fmt: skip
        except ValueError:
            raise self._refuse("no_such_date", "day", "month") from None

    def compress(self, data_list: Sequence[Any]) -> date | None:
        return self.clean(data_list)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial)
        return [fold_digits(str(part or "")).strip() for part in (data or [])] != [part or "" for part in before]


def _shown_as(day: date) -> tuple[int, int, int]:
    """Year, month and day in the calendar that the reader counts in."""
    try:
        return to_civil(day, calendar_for((get_language() or "en").split("-")[0], country().calendar.civil))
    except ValueError:
        return day.year, day.month, day.day


def _has_long_months() -> bool:
    return country().calendar.civil == BIKRAM_SAMBAT


def month_number(text: str) -> int | None:
    """1-12 from a number or a month's name in English or the reader's language, else None."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    wanted = text.strip(" .").casefold()
    for language in (get_language() or "en", "en"):
        try:
            locale = Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context=context, locale=locale).items():
                    if fold_digits(name).strip(" .").casefold() == wanted:
                        return int(number)
    return None
