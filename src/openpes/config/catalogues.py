"""Message catalogues without other programs: collecting sentences, merging them into each language, compiling.

Sentences that visitors, jobseekers and employers read are translated; staff screens are in English for now, and their
sentences are left out so that a catalogue holds what its translator has to do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from openpes_evidence.definitions import registry

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
    "casework/",
    "insights/definitions",
    "insights/words",
    "web/counsellor/",
    "web/administration/",
    "web/figures/",
    "web/partner/",
    "web/programmes/",
    "exchange/",
    "journeys/load_offices",
    "imports/words",
    "reference/law_words",
    "journeys/go_live_words",
    "web/templates/openpes/counsellor/",
    "web/templates/openpes/administration/",
    "web/employer/for_staff",
    "web/templates/openpes/figures/",
    "web/templates/openpes/partner/",
    "web/templates/openpes/programmes/",
    "web/templates/openpes/gallery",
    "web/look/",
    "web/public/demo.py",
    "web/templates/openpes/signing/demo",
    "config/",
    "cli/",
)


# How many forms a plural has and which one a number takes, as gettext writes it. Written down here because the
# libraries at hand know some of these languages by a form that nobody speaks (Malay nouns have one form), some not.
_ONE_FORM, _TWO_FORMS = "nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);"
PLURALS = dict.fromkeys(("id", "km", "ko", "lo", "ms", "th", "vi", "zh_Hans"), _ONE_FORM)
# Who has read a catalogue, when, and a mark of the texts on consent and safety as they then were.
REVIEW_FIELDS = ("X-Reviewed-By", "X-Reviewed-On", "X-Reviewed-Texts")


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
    # The titles of figures are data; whoever reads a figure reads its title.
    titles = (one.title for one in registry().values())
    yield "../openpes_evidence/data/indicators.yaml", "\n".join(f"_({title!r})" for title in titles)


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


def plural_forms(language: str) -> str:
    """The plural rule of a catalogue, for its header."""
    return PLURALS.get(language, _TWO_FORMS)


def plural_count(language: str) -> int:
    """How many forms a counted thing has: 1 or 2."""
    return 1 if plural_forms(language) == _ONE_FORM else 2


def header_fields(language: str) -> dict[str, str]:
    """What the header of a catalogue says, field by field; empty without a catalogue."""
    path = path_of(language)
    if not path.exists():
        return {}
    head = path.read_text(encoding="utf-8").split("\n\n", 1)[0]
    return {name: value.strip() for name, value in re.findall(r'^"([\w-]+): ?(.*?)\\n"$', head, flags=re.MULTILINE)}


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    path = path_of(language)
    if not path.exists():
        catalogue = Catalog(locale=None, project="openpes", charset="utf-8")
        catalogue.mime_headers = [("Plural-Forms", plural_forms(language))]
    else:
        with path.open("rb") as file:
            catalogue = read_po(file)
    return catalogue


def set_header(language: str, fields: Mapping[str, str]) -> None:
    """Write fields into the header of a catalogue; everything else stays as it is."""
    path = path_of(language)
    head, mark, rest = path.read_text(encoding="utf-8").partition("\n\n")
    for name, value in fields.items():
        head = re.sub(rf'^"{name}:.*\n?', "", head, flags=re.MULTILINE).rstrip("\n") + f'\n"{name}: {value}\\n"'
    path.write_text(head + mark + rest, encoding="utf-8")


def update(language: str, template: Catalog, *, comment: str = "", texts: Mapping[str, Any] | None = None) -> Catalog:
    """Bring a language up to the sentences in use, keep every translation, and drop what is gone.

    `texts` are new translations by their English sentence (a list of forms for a plural); `comment` replaces the one at
    the top of the catalogue.
    """
    held, texts = read(language), texts or {}
    fresh = Catalog(locale=None, project="openpes", charset="utf-8")
    fresh.mime_headers = [("Plural-Forms", plural_forms(language))]
    # A reviewer's name and the list of terms are written at the top by hand: they stay.
    fresh.header_comment = comment or (
        held.header_comment
        if path_of(language).exists()
        else (
            f"# {language} catalogue of openpes. Status: draft until a reviewer stands in X-Reviewed-By.\n"
            "# Named placeholders such as %(name)s stay as they are."
        )
    )
    for message in template:
        if not message.id:
            continue
        known, plural = held.get(message.id), not isinstance(message.id, str)
        new = texts.get(str(message.id[0] if plural else message.id))
        string: Any = new or (known.string if known else None)
        if plural and string:
            string = tuple((list(string) + [""] * fresh.num_plurals)[: fresh.num_plurals])
        fresh.add(
            message.id,
            string=string,
            locations=[(one, 1) for one in sorted({place[0] for place in message.locations})],
        )
    _write(language, fresh)
    return fresh


def _write(language: str, catalogue: Catalog) -> None:
    """Put a catalogue into its file, with what its header said about reviewers."""
    said = header_fields(language)
    review = "".join(f'"{field}: {said.get(field, "")}\\n"\n' for field in REVIEW_FIELDS)
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, omit_header=True, include_lineno=False)
    header = (
        f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural_forms(language)}\\n"\n{review}\n'
    )
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".po.new")
    waiting.write_bytes(header.encode() + out.getvalue())
    waiting.replace(path)


def compile_all(*, only_stale: bool = True) -> list[str]:
    """Compile each catalogue that changed since it was compiled. Returns the languages compiled."""
    done = []
    for language in languages():
        source, target = path_of(language), path_of(language).with_suffix(".mo")
        if only_stale and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        waiting = target.with_suffix(".mo.new")
        with waiting.open("wb") as file:
            write_mo(file, _with_english(read(language)))
        waiting.replace(target)
        done.append(language)
    return done


def _with_english(catalogue: Catalog) -> Catalog:
    """The same with English where a sentence is not translated, not another language of the country."""
    for message in catalogue:
        if message.id and not any(message.string or ()):
            plural = not isinstance(message.id, str)
            message.string = (
                tuple(message.id[min(form, 1)] for form in range(catalogue.num_plurals)) if plural else message.id
            )
    return catalogue


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
        wanted = placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        odd = [text for text in texts if placeholders(text) - wanted or (wanted - placeholders(text)) - {"count"}]
        plural = not isinstance(message.id, str)
        if odd and not plural:
            found.append(Gap(language, first, "its placeholders differ"))
    return found


def placeholders(text: str) -> set[str]:
    """The names of the placeholders in a text."""
    return set(re.findall(r"%\((\w+)\)[sd]", text))
