"""Form fields for numbers as people here really type them: digits of any script, phones, pay with its period.

Every field keeps what was typed when it refuses it, and says what to do next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openpes.core.money import Pay, PayPeriod
from openpes.reference.country import country

Words = str | Promise


def fold_digits(text: str) -> str:
    """The same text with the decimal digits of every script (១២, ๑๒, ১২, १२) as 0-9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


class DigitsCharField(forms.CharField):
    """Text that is mostly numbers: a card number, a code. Digits of every script become 0-9.

    ``only_digits``: after folding and dropping spaces and hyphens nothing but digits may remain.
    """

    default_error_messages = {"not_digits": _("Use only numbers here, for example 0123.")}

    def __init__(self, *, only_digits: bool = False, **kwargs: Any) -> None:
        self.only_digits = only_digits
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric" if only_digits else "text")
        self.widget.attrs.setdefault("spellcheck", "false")

    def to_python(self, value: Any) -> str:
        text = fold_digits(super().to_python(value) or "")
        if self.only_digits and text:
            text = re.sub(r"[\s\-–.]", "", text)
            if not re.fullmatch(r"[0-9]+", text):
                raise ValidationError(self.error_messages["not_digits"], code="not_digits")
        return text


class PhoneField(forms.CharField):
    """A telephone number as people write it. Cleans to text with ASCII digits, not yet normalised."""

    default_error_messages = {
        "not_phone": _("Type the phone number with numbers only, for example %(example)s."),
    }

    def __init__(self, *, example: str = "", **kwargs: Any) -> None:
        self.example = example  # "" stands for the country's own
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(**kwargs)
        self.widget.input_type = "tel"
        self.widget.attrs.setdefault("inputmode", "tel")

    def to_python(self, value: Any) -> str:
        text = fold_digits(super().to_python(value) or "").replace("\uff0b", "+")
        if text:
            digits = re.sub(r"[^0-9]", "", text)
            if len(digits) < 5 or not re.fullmatch(r"[0-9+()\s.\-–/]+", text):
                example = self.example or country().phone.mobile_national
                raise ValidationError(self.error_messages["not_phone"], code="not_phone", params={"example": example})
        return text


class ClockField(forms.TimeField):
    """A time of day as people write it: digits of every script, a colon or a point between hours and minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H"])
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(fold_digits(value).replace("\uff1a", ":") if isinstance(value, str) else value)


PAY_PERIODS: tuple[tuple[str, Words], ...] = (
    (PayPeriod.HOUR.value, _("an hour")),
    (PayPeriod.DAY.value, _("a day")),
    (PayPeriod.MONTH.value, _("a month")),
)


class PartsWidget(forms.MultiWidget):
    """Several boxes for one value, each with an id that ends in its part's name (``id_pay_amount``)."""

    use_fieldset = True
    widgets_names: list[str]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        whole = context["widget"]["attrs"].get("id")
        for suffix, box in zip(self.widgets_names, context["widget"]["subwidgets"], strict=True):
            if whole:
                box["attrs"]["id"] = f"{whole}{suffix}"
        return context


class MoneyWidget(PartsWidget):
    """A box for the amount with the currency before it, and a list for the period."""

    template_name = "openpes/forms/widgets/money.html"

    def __init__(
        self, *, currency: str, periods: Sequence[tuple[str, Words]], attrs: dict[str, Any] | None = None
    ) -> None:
        self.currency = currency
        self.parts_in_error: set[str] = set()
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "amount": forms.TextInput(attrs={"inputmode": "decimal"})
        }
        if periods:
            parts["period"] = forms.Select(choices=periods)
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if isinstance(value, Pay):
            typed: list[str | None] = [f"{value.amount.normalize():f}", str(value.period)]
            return typed[: len(self.widgets)]
        if isinstance(value, (Decimal, int)):
            return [f"{Decimal(value).normalize():f}", None][: len(self.widgets)]
        return [None] * len(self.widgets)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["currency"] = self.currency
        box, *rest = context["widget"]["subwidgets"]
        wrong = "amount" in self.parts_in_error
        box["attrs"]["class"] = "govuk-input govuk-input--width-10" + (" govuk-input--error" if wrong else "")
        box["attrs"]["autocomplete"] = "off"
        if wrong:
            box["attrs"]["aria-invalid"] = "true"
        for select in rest:
            select["attrs"]["class"] = "govuk-select"
        return context

    def id_in_error(self, id_: str) -> str:
        return f"{id_}_amount"


class MoneyField(forms.MultiValueField):
    """Pay with its period ("12,000 a month"). Cleans to :class:`openpes.core.money.Pay` or None.

    Understands 12,000 and 12.000 and 12 000 and 12000.50, with digits of every script: a mark before exactly
    three digits groups thousands, a last mark before one or two digits is the decimal mark.
    With ``periods=()`` there is no period and it cleans to a Decimal in ``currency``.
    """

    default_error_messages = {
        "bad_amount": _("Type the amount with numbers only, for example %(example)s."),
        "not_positive": _("The amount must be more than 0."),
        "bad_period": _("Choose if the amount is for an hour, a day or a month."),
    }

    def __init__(
        self,
        *,
        currency: str,
        periods: Sequence[tuple[str, Words]] = PAY_PERIODS,
        example: str = "12 000",
        **kwargs: Any,
    ) -> None:
        self.currency, self.periods, self.example = currency, tuple(periods), example
        kwargs.setdefault("widget", MoneyWidget(currency=currency, periods=self.periods))
        boxes: list[forms.Field] = [forms.CharField(required=False)]
        if self.periods:
            boxes.append(forms.CharField(required=False))
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def _refuse(self, code: str, part: str) -> ValidationError:
        self.widget.parts_in_error = {part}
        return ValidationError(self.error_messages[code], code=code, params={"example": self.example})

    def clean(self, value: Any) -> Pay | Decimal | None:
        self.widget.parts_in_error = set()
        if isinstance(value, (Pay, Decimal)):
            value = self.widget.decompress(value)
        typed = [str(part or "").strip() for part in (value or [""])] + [""]
        if not typed[0]:
            if self.required:
                raise self._refuse("required", "amount")
            return None
        amount = parse_amount(typed[0])
        if amount is None:
            raise self._refuse("bad_amount", "amount")
        if amount <= 0:
            raise self._refuse("not_positive", "amount")
        if self.periods and typed[1] not in {key for key, _words in self.periods}:
            raise self._refuse("bad_period", "period")
        cleaned = Pay(amount, self.currency, PayPeriod(typed[1])) if self.periods else amount
        self.validate(cleaned)
        self.run_validators(cleaned)
        return cleaned

    def compress(self, data_list: Sequence[Any]) -> Pay | Decimal | None:
        return self.clean(data_list)


def parse_amount(text: str) -> Decimal | None:
    """The amount meant by a typed text, or None when it is not clear."""
    plain = re.sub(r"[\s'’_\u00a0\u202f]", "", fold_digits(text))
    if not re.fullmatch(r"[0-9][0-9.,]*", plain):
        return None
    decimals = re.fullmatch(r"(.*[0-9])[.,]([0-9]{1,2})", plain)
    whole, fraction = (decimals[1], decimals[2]) if decimals else (plain, "")
    groups = re.split(r"[.,]", whole)
    grouped_well = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    # South Asia groups 12,34,567: two digits between the first mark and the last three.
    grouped_lakh = len(groups) > 1 and len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[1:-1])
    if len(groups) > 1 and not grouped_well and not (grouped_lakh and len(groups[0]) <= 2):
        return None
    return Decimal("".join(groups) + (f".{fraction}" if fraction else ""))
