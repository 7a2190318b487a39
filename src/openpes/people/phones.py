"""Phone numbers as people write them, and as they are stored (E.164). A phone is not a person."""

from __future__ import annotations

import unicodedata

import phonenumbers


class NotAPhone(ValueError):
    """What was typed is no phone number of this country, nor a full international one."""


def fold_digits(text: str) -> str:
    """Digits of every script as 0-9; everything else as it is."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text)


def normalise(text: str, country: str) -> str:
    """The number in E.164, from local or international writing in any digits. Raises NotAPhone."""
    try:
        number = phonenumbers.parse(fold_digits(unicodedata.normalize("NFKC", text)), country)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone(text) from error
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialled(e164: str, country: str) -> str:
    """The number as somebody in the country would dial it."""
    number = phonenumbers.parse(e164, country)
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if number.country_code == phonenumbers.country_code_for_region(country)
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)


def masked(e164: str) -> str:
    """The last three digits, for lists that more than one person may see."""
    return "•••" + e164[-3:] if e164 else ""
