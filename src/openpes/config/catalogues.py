"""Message catalogues without other programs: collecting sentences, merging them into each language, compiling.

Sentences that visitors, jobseekers and employers read are translated; staff screens are in English for now, and their
sentences are left out so that a catalogue holds what its translator has to do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parent.parent
LOCALES = SOURCE / "locale"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What only staff read.
STAFF_ONLY = (
    "desks/",
    "insights/",
    "web/counsellor/",
    "web/administration/",
    "web/figures/",
    "journeys/load_offices",
    "web/templates/openpes/counsellor/",
    "web/templates/openpes/administration/",
    "web/employer/for_staff",
    "web/templates/openpes/figures/",
    "web/templates/openpes/gallery",
    "web/look/",
    "web/public/demo.py",
    "web/templates/openpes/signing/demo",
    "config/",
    "cli/",
)


@dataclass(frozen=True)
class Gap:
    """A sentence that a language lacks, or whose placeholders differ."""

    language: str
    sentence: str
    problem: str


def _sources() -> Iterator[tuple[str, str]]:
    """(path inside the package, text that the extractor reads) of everything that people outside the office read."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(STAFF_ONLY) or "/tests/" in name or "/migrations/" in name:
            continue
        text = path.read_text(encoding="utf-8")
        yield name, templatize(text, origin=name) if path.suffix == ".html" else text


def collect() -> Catalog:
    """Every sentence to be translated, with the places where it is used."""
    catalogue = Catalog(project="openpes", charset="utf-8", copyright_holder="the openpes authors")
    for name, text in _sources():
        for _line, function, message, _comments in extract_python(
            io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"}
        ):
            sentence = _sentence(str(function), message)
            if sentence:
                catalogue.add(sentence, locations=[(name, 1)])
    return catalogue


def _sentence(function: str, message: Any) -> str | tuple[str, str] | None:
    if function.startswith("ngettext"):
        return (message[0], message[1]) if isinstance(message, tuple) and message[0] and message[1] else None
    text = message[0] if isinstance(message, tuple) else message
    return text or None


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in LOCALES.iterdir() if (path / "LC_MESSAGES" / "django.po").exists())


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def _plural_model(language: str) -> str:
    """The locale whose plural forms a language follows: its own where Babel knows it, else that of English."""
    try:
        return str(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    path = path_of(language)
    if not path.exists():
        catalogue = Catalog(locale=None, project="openpes", charset="utf-8")
    else:
        with path.open("rb") as file:
            catalogue = read_po(file)
    return catalogue


def update(language: str, template: Catalog) -> Catalog:
    """Bring a language up to the sentences in use, keep every translation, and drop what is gone."""
    held, fresh = read(language), Catalog(locale=_plural_model(language), project="openpes", charset="utf-8")
    # A reviewer's name and the list of terms are written at the top by hand: they stay.
    fresh.header_comment = (
        held.header_comment
        if path_of(language).exists()
        else (
            f"# {language} catalogue of openpes. Status: draft until a named reviewer is written here.\n"
            "# Named placeholders such as %(name)s stay as they are."
        )
    )
    for message in template:
        if not message.id:
            continue
        known = held.get(message.id)
        fresh.add(
            message.id,
            string=known.string if known else None,
            locations=[(one, 1) for one in sorted({place[0] for place in message.locations})],
        )
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, fresh, width=120, sort_output=True, omit_header=True, include_lineno=False)
    header = (
        f'{fresh.header_comment}\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {fresh.plural_forms}\\n"\n\n'
    )
    path_of(language).write_bytes(header.encode() + out.getvalue())
    return fresh


def compile_all(*, only_stale: bool = True) -> list[str]:
    """Compile each catalogue that changed since it was compiled. Returns the languages compiled."""
    done = []
    for language in languages():
        source, target = path_of(language), path_of(language).with_suffix(".mo")
        if only_stale and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        waiting = target.with_suffix(".mo.new")
        with waiting.open("wb") as file:
            write_mo(file, read(language))
        waiting.replace(target)
        done.append(language)
    return done


def gaps(language: str, template: Catalog) -> list[Gap]:
    """Sentences in use that a language lacks, and translations whose placeholders are not those of the sentence."""
    held, found = read(language), []
    for message in template:
        if not message.id:
            continue
        known = held.get(message.id)
        first = message.id if isinstance(message.id, str) else message.id[0]
        string: Any = known.string if known is not None else ""
        texts = [string] if isinstance(string, str) else list(string)
        if not texts or not all(texts):
            found.append(Gap(language, first, "not translated"))
            continue
        wanted = _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        odd = [text for text in texts if _placeholders(text) - wanted or (wanted - _placeholders(text)) - {"count"}]
        plural = not isinstance(message.id, str)
        if odd and not plural:
            found.append(Gap(language, first, "its placeholders differ"))
    return found


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))
