"""Languages of the loaded country, with the ones that Django has no locale for."""

from __future__ import annotations

import django.conf.locale

# Django ships no Filipino; its name and direction are all that it needs.
OWN_LANGUAGES = {
    "fil": {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"},
}
# Which languages the pages speak in each country, the working language first.
PAGES_IN = {
    "PH": ("en", "fil"),
    "KH": ("km", "en"),
    "VN": ("vi", "en"),
}
OWN_NAMES = {"en": "English", "fil": "Filipino", "km": "ភាសាខ្មែរ", "vi": "Tiếng Việt"}

django.conf.locale.LANG_INFO.update(
    {code: info for code, info in OWN_LANGUAGES.items() if code not in django.conf.locale.LANG_INFO}
)


def languages_of(country: str) -> list[tuple[str, str]]:
    """(code, own name) of each language that the pages of a country speak. Unknown countries speak English."""
    return [(code, OWN_NAMES[code]) for code in PAGES_IN.get(country, ("en",))]
