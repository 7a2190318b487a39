"""The languages that the pages speak in each country, with what the libraries at hand lack about some of them.

    languages_of("NP")      [("ne", "नेपाली"), ("en", "English")]: those that have a catalogue, and English
    html_tag("zh-hans")     "zh-Hans": the code as pages and papers say it (BCP 47)
    folder_of("zh-hans")    "zh_Hans": the code as catalogues and formats are filed

Importing this tells Django and Babel about Tetum, Fijian, Fiji Hindi, Lao and Filipino.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

import django.conf.locale

from openpes.config import own_locales

LOCALES = Path(__file__).parent.parent / "locale"

# Which languages the pages speak in each country, the one first that somebody reads who has chosen none.
PAGES_IN = {
    "BD": ("bn", "en"),
    "CN": ("zh-hans", "en"),
    "FJ": ("en", "fj", "hif"),
    "ID": ("id", "en"),
    "IN": ("hi", "en"),
    "KH": ("km", "en"),
    "KR": ("ko", "en"),
    "LA": ("lo", "en"),
    "MN": ("mn", "en"),
    "MY": ("ms", "en"),
    "NP": ("ne", "en"),
    "PH": ("en", "fil"),
    "TH": ("th", "en"),
    "TL": ("tet", "pt", "en"),
    "VN": ("vi", "en"),
}
OWN_NAMES = {
    "bn": "বাংলা",
    "en": "English",
    "fil": "Filipino",
    "fj": "Na Vosa Vakaviti",
    "hi": "हिन्दी",
    "hif": "Fiji Hindi",
    "id": "Bahasa Indonesia",
    "km": "ភាសាខ្មែរ",
    "ko": "한국어",
    "lo": "ລາວ",
    "mn": "Монгол",
    "ms": "Bahasa Melayu",
    "ne": "नेपाली",
    "pt": "Português",
    "tet": "Tetun",
    "th": "ไทย",
    "vi": "Tiếng Việt",
    "zh-hans": "简体中文",
}
# Django ships no translation of itself into these; name and direction are all that it needs.
_ENGLISH_NAMES = {"fil": "Filipino", "fj": "Fijian", "hif": "Fiji Hindi", "lo": "Lao", "tet": "Tetum"}
OWN_LANGUAGES = {
    code: {"bidi": False, "code": code, "name": name, "name_local": OWN_NAMES[code]}
    for code, name in _ENGLISH_NAMES.items()
}
# Said in each language itself: this catalogue waits for somebody who speaks it to read it.
DRAFT_MARKS = {
    "bn": "খসড়া",
    "fil": "burador",
    "fj": "draft",
    "hi": "मसौदा",
    "hif": "draft",
    "id": "draf",
    "km": "សេចក្តីព្រាង",
    "ko": "초안",
    "lo": "ສະບັບຮ່າງ",
    "mn": "ноорог",
    "ms": "draf",
    "ne": "मस्यौदा",
    "pt": "rascunho",
    "tet": "rascuñu",
    "th": "ฉบับร่าง",
    "vi": "bản nháp",
    "zh-hans": "草稿",
}

django.conf.locale.LANG_INFO.update(
    {code: info for code, info in OWN_LANGUAGES.items() if code not in django.conf.locale.LANG_INFO}
)
own_locales.register()


def folder_of(code: str) -> str:
    """The name of a language's folder of catalogues and formats."""
    return html_tag(code).replace("-", "_")


def html_tag(code: str) -> str:
    """The code in the writing of BCP 47: language small, script with a capital, region in capitals."""
    first, *rest = code.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def has_catalogue(code: str) -> bool:
    """True for English, which the sentences are written in, and for a language with a catalogue however unfinished."""
    return code == "en" or (LOCALES / folder_of(code) / "LC_MESSAGES" / "django.po").exists()


def unsigned(codes: Iterable[str]) -> list[str]:
    """Those languages whose catalogue names no reviewer with a day; looks at nothing but the headers."""
    return [code for code in codes if code != "en" and not _is_signed(code)]


def _is_signed(code: str) -> bool:
    with (LOCALES / folder_of(code) / "LC_MESSAGES" / "django.po").open(encoding="utf-8") as file:
        head = "".join(takewhile(lambda line: line.strip(), file))
    return all(re.search(rf'^"X-Reviewed-{field}: *[^ \\]', head, flags=re.MULTILINE) for field in ("By", "On"))


def languages_of(country: str) -> list[tuple[str, str]]:
    """(code, own name) of each language that the pages of a country speak. Unknown countries speak English.

    A language without a catalogue is not offered; in one whose catalogue has gaps, those sentences are in English.
    """
    return [(code, OWN_NAMES[code]) for code in PAGES_IN.get(country, ("en",)) if has_catalogue(code)]


def compile_stale(codes: Iterable[str]) -> None:
    """Compile the catalogues among these that have not been, or have changed since.

    Done before the framework starts: it refuses to start in a language that it finds no compiled catalogue of.
    """
    for code in codes:
        source = LOCALES / folder_of(code) / "LC_MESSAGES" / "django.po"
        compiled = source.with_suffix(".mo")
        if code != "en" and (not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime):
            from openpes.config.catalogues import compile_all

            compile_all()
            return
