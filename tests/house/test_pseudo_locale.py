"""No sentence that visitors, jobseekers and employers see escapes translation: a walk in a language of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from django.utils.translation import trans_real

import openpes_countries
from openpes.config import catalogues
from openpes.demo.building import build_nation
from openpes.fairs.models import Fair
from openpes.guidance.models import Plan, PlanAction
from openpes.journeys.links import answer_token
from openpes.organisations.models import Employer, Office
from openpes.organisations.partner_models import Partner
from openpes.people.models import Account, Person
from openpes.programmes.models import ProgrammeVersion
from openpes.reference import sheets, taxonomy
from openpes.reference.country import country
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes_evidence.definitions import registry
from tests.house import pseudo

pytestmark = pytest.mark.django_db(databases=["default", "access"])
PUBLIC = (
    "/", "/jobs/", "/jobs/?q=xyzzy", "/occupations/", "/occupations/5131/", "/for-employers/", "/rules/",
    "/how-matching-works/", "/your-data/", "/accessibility/", "/about/", "/sign-in/", "/me/register/",
    "/employer/register/", "/no-such-page/",
)  # fmt: skip
JOBSEEKER = (
    "/me/", "/me/jobs/", "/me/applications/", "/me/details/", "/me/details/place/", "/me/details/work/",
    "/me/details/skills/", "/me/details/wishes/", "/me/details/languages/", "/me/details/phone/", "/me/data/",
    "/me/data/everything/", "/me/data/leave/", "/me/news/", "/me/plan/", "/me/circumstances/",
)  # fmt: skip
EMPLOYER = ("/employer/", "/employer/introductions/", "/employer/post/", "/employer/firm/")
# What is written for those who write programs (`/labour-market/api/`) is English, as programs are.
ELSEWHERE = (
    "/desk", "/administration", "/figures", "/demo", "/sign-out", "/language", "/static", "/health",
    "/labour-market/api",
)  # fmt: skip
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATES = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?\d{{1,2}}\s{_MONTH}\s\d{{4}}"
    rf"|\b[0-9a-f]{{12}}(?:[0-9a-f]{{4}})?\b|\b{_MONTH}\s\d{{4}}|\b\d{{4}}-\d\d\.\d+-[0-9a-f]{{8}}\b"
)
MOST_PAGES = 70
# Names of the service, of standards, of file kinds; and what stands as an example of a name or code.
OWN_WORDS = (
    "openpes",
    "Cambodia",
    "ISCO-08",
    "ISCO",
    "PDF",
    "SMS",
    "ILO",
    "PIN",
    "HTML",
    "CSV",
    "WCAG",
    "JSON",
    "XLSX",
    "SDMX-CSV",
    "SDMX-ML",
    "km",
    "English",
)


@pytest.fixture
def in_marks(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The pages of Cambodia in the language of marks, so that names of people and firms have no Latin letters."""
    pseudo.write(catalogues.collect(), tmp_path)
    settings.COUNTRY = "KH"
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [(pseudo.CODE, "⟦xx⟧"), ("en", "English")]
    yield
    trans_real._translations.pop(pseudo.CODE, None)


def data_on_pages() -> set[str]:
    """Every text that comes from a pack, from reference data or from the invented nation, not from the code."""
    held: set[str] = {*OWN_WORDS, country().name, country().own_name, country().official_name, country().currency.code}
    packs = Path(openpes_countries.__file__).parent / "packs"
    for file in [*packs.glob("kh/**/*.yaml"), *packs.glob("_shared/**/*.yaml"), *packs.parent.glob("data/*.yaml")]:
        written = set(_strings(yaml.safe_load(file.read_text(encoding="utf-8"))))
        # A setting without a sentence of its own is shown by its name, with blanks.
        held |= written | {one.replace("_", " ") for one in written}
    for one in sheets.sheets().values():
        # The sheets are English drafts until an expert has signed them: texts of the reference data, not of the pages.
        held |= {getattr(one, name) for name in sheets.TEXT_FIELDS}
    for about in registry().values():
        # Definitions are English data (lang="en" on the page); their titles are translated.
        held |= {about.id, about.title, about.definition, about.numerator, about.denominator, about.source}
        held |= {about.reference, about.caution}
    held |= {one.rstrip(".") for one in held}
    for area in country().areas:
        held |= {area.code, area.name("en"), *area.names.values(), *(town.name for town in area.towns)}
    held |= {skill.label_en for skill in taxonomy.skills().values()} | set(taxonomy.names_in("en").values())
    held |= {one.meaning_en for one in taxonomy.skills().values()}
    held |= {one.label_en for one in taxonomy.licences().values()} | {title.label for title in taxonomy.titles()}
    held |= {group.title_en for group in taxonomy.occupations().values()}
    for model, names in (
        (Office, ("name", "address", "opening_hours", "code")),
        (Employer, ("name", "address", "contact_name", "registration_number", "decision_note")),
        (Vacancy, ("title", "description", "ref", "place_note")),
        (Person, ("name_as_given", "ref")),
        (Fair, ("name", "place")),
        (Partner, ("name",)),
        (ProgrammeVersion, ("title", "summary", "description", "source")),
        (Account, ("username", "name")),
        (Referral, ("ref", "note", "employer_note")),
        (Plan, ("goal",)),
        (PlanAction, ("title", "who_name", "note")),
    ):
        there = {field.name for field in model._meta.get_fields()}
        for row in model.objects.values_list(*[name for name in names if name in there]):
            held |= {" ".join(str(value).split()) for value in row if value}
    return held


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def walk(client: Client, starts: tuple[str, ...]) -> dict[str, pseudo.Page]:
    """The pages reached from some addresses, with the links on them, none twice."""
    client.cookies["openpes_language"] = pseudo.CODE
    waiting, seen, kinds = list(starts), {}, {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0).split("#")[0]
        path = address.split("?")[0]
        # Two pages of a kind say the same sentences: a reference or a code in the address does not make another one.
        kind = "/".join("*" if any(letter.isdigit() for letter in part) else part for part in path.split("/"))
        if not path.startswith("/") or path.startswith(ELSEWHERE) or address in seen or path.endswith((".pdf", ".csv")):
            continue
        if kind.count("*") and kinds.setdefault(kind, 0) >= 3:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address, follow=True)
        if answer.headers["Content-Type"].startswith("text/html"):
            seen[address] = pseudo.Page(answer.content.decode())
            waiting += seen[address].links
    return seen


def complaints(pages: dict[str, pseudo.Page]) -> list[str]:
    data = data_on_pages()
    found: dict[str, str] = {}
    for address, page in pages.items():
        # What is kept about a person is shown there as it is stored; and dates are worded by the library, which knows
        # no language of marks.
        texts = [_DATES.sub(" ", text) for text in page.unmarked if "/everything/" not in address]
        for text in pseudo.english_left(texts, data):
            found.setdefault(text, address)
    return [f"{address}: {text}" for text, address in found.items()]


@pytest.fixture
def nation(in_marks: None) -> datetime:
    at = timezone.now()
    build_nation(country_code="KH", seed=5, at=at, people=60, employers=12, vacancies=40, offices=2)
    return at


def signed_in_as(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SIGNED_IN_BY_DEMO] = True
    session.save()
    return client


def test_every_sentence_for_people_outside_the_office_is_translatable(nation: datetime) -> None:
    visitor = Client()
    open_one = Referral.objects.filter(ending="").select_related("vacancy").first()
    assert open_one
    token = answer_token(referral_ref=open_one.ref, employer_id=open_one.vacancy.employer_id, at=nation)
    pages = walk(visitor, (*PUBLIC, f"/answer/{token}/"))
    for username in ("jobseeker-1", "jobseeker-2", "jobseeker-3", "jobseeker-4"):
        pages |= {f"{username} {address}": page for address, page in walk(signed_in_as(username), JOBSEEKER).items()}
    pages |= {f"employer {address}": page for address, page in walk(signed_in_as("employer-1"), EMPLOYER).items()}
    assert len(pages) > 60 and all(page.marks > 5 for page in pages.values())
    assert not (found := complaints(pages)), f"{len(found)} texts without a translation:\n" + "\n".join(found)


def test_mistakes_are_told_in_the_readers_language(nation: datetime) -> None:
    pages = {}
    visitor, employer = Client(), signed_in_as("employer-1")
    for client, addresses in ((visitor, ("/sign-in/", "/employer/register/")), (employer, ("/employer/post/",))):
        client.cookies["openpes_language"] = pseudo.CODE
        for address in addresses:
            answer = client.post(address, {"pay_amount": "much", "contact_phone": "no", "places": "many"})
            assert answer.status_code in (200, 422)
            pages[address] = pseudo.Page(answer.content.decode())
    assert not (found := complaints(pages)), "\n".join(found)


def test_an_escaped_sentence_and_a_marked_one_are_told_apart() -> None:
    page = pseudo.Page(
        "<p>⟦Hello <b>Ana</b> there ···⟧</p><p>Left behind in Cebu</p><p>Cebu</p>"
        '<img alt="A picture"><script>let word</script><a href="/x/">⟦Go⟧</a>'
    )
    assert pseudo.english_left(page.unmarked, {"Cebu"}) == ["Left behind in Cebu", "A picture"]
    assert (page.links, page.marks) == (["/x/"], 2)
    sentence = "Hello %(name)s, come at once"
    assert "%(name)s" in pseudo.marked(sentence) and len(pseudo.marked(sentence)) >= 1.4 * len(sentence)
