"""A CV: what may be kept, what it shows in one language or two, links that end, and whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from tests.factories import NOW, JobseekerFactory, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.documents.cv import CvFacts, cv_lines, cv_pdf
from openpes.documents.links import link_token, ref_in_token
from openpes.documents.models import Cv, CvEntry, CvLink
from openpes.documents.operations import count_view, erase_person, make_link, save_cv, take_back_link
from openpes.documents.queries import entries_of, export_person, links_of, live_link
from openpes.documents.rules import Entry, may_save, may_share
from openpes.documents.states import EntryKind
from openpes.reference.taxonomy import skills_of

WORK = Entry(EntryKind.WORK, "Waitress", "Kusina ni Ana", 2023, None, "Served guests")
SCHOOL = Entry(EntryKind.SCHOOL, "Cookery", "Cebu Technical School", 2019, 2022)
FACTS = CvFacts(
    name="Liza Cruz",
    phone="+639171234567",
    area_code="PH-CEB",
    about="I like guests.",
    wanted=(("5131", "serbidora"),),
    skill_ids=tuple(one.skill.id for one in skills_of("5131")[:3]),
    language_codes=("fil", "en"),
    licence_ids=(),
    education_level=3,
    entries=(WORK, SCHOOL),
)
OWN_WORDS = {
    "km": "រត់តុ", "lo": "ເສີບ", "th": "พนักงานเสิร์ฟ", "bn": "ওয়েটার", "ne": "वेटर", "hi": "वेटर",
    "zh-hans": "服务员", "ko": "웨이터", "vi": "Phục vụ bàn", "mn": "Зөөгч",
}  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(EntryKind.WORK, " "), "entry_without_name"),
        (Entry(EntryKind.WORK, "x" * 121), "entry_too_long"),
        (Entry(EntryKind.WORK, "Cook", from_year=2027), "year_not_possible"),
        (Entry(EntryKind.WORK, "Cook", from_year=1939), "year_not_possible"),
        (Entry(EntryKind.WORK, "Cook", from_year=2020, to_year=2019), "ends_before_it_begins"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused(entry, code):
    decision = may_save(about="", entries=[entry], this_year=2026)
    assert [one.code for one in decision.reasons] == [code]


def test_a_good_cv_is_accepted_and_limits_are_exact():
    assert not may_save(about="a" * 600, entries=[WORK] * 12, this_year=2026).refused
    assert may_save(about="a" * 601, entries=[], this_year=2026).refused
    assert may_save(about="", entries=[WORK] * 13, this_year=2026).refused


def test_links_are_few_and_live_for_offered_days_only():
    assert not may_share(days=30, live_links=4).refused
    assert may_share(days=30, live_links=5).refused and may_share(days=365, live_links=0).refused


def test_a_cv_in_two_languages_says_headings_twice_and_own_words_once():
    lines = cv_lines(FACTS, language="en", second="fil")
    titles = " ".join(part.title for part in lines.parts)
    assert "Work I want" in titles and " / " in titles
    everything = repr(lines)
    assert everything.count("Served guests") == 1 and everything.count("serbidora") == 1
    assert cv_lines(FACTS, language="en").parts[0].title == "Work I want"


def test_a_cv_has_no_place_for_photo_age_or_sex():
    assert not {"photo", "born_on", "sex", "age"} & set(CvFacts.__dataclass_fields__)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES] + list(OWN_WORDS))
def test_the_paper_is_set_in_every_script(language):
    facts = CvFacts(**{**FACTS.__dict__, "about": OWN_WORDS.get(language, "…"), "entries": (WORK,)})
    content = cv_pdf(cv_lines(facts, language=language, second="en"))
    assert content.startswith(b"%PDF-") and len(content) > 5_000


@pytest.mark.parametrize("language", sorted(OWN_WORDS))
def test_no_sign_of_the_paper_is_a_box(language):
    """Text that a font lacks would come out as another text, or none."""
    import io

    from pypdf import PdfReader

    facts = CvFacts(**{**FACTS.__dict__, "about": OWN_WORDS[language], "entries": ()})
    page = PdfReader(io.BytesIO(cv_pdf(cv_lines(facts, language=language)))).pages[0]
    assert OWN_WORDS[language][:2] in page.extract_text().replace("\n", "")


@pytest.fixture
def seeker():
    return JobseekerFactory()


@pytest.fixture
def self_(seeker):
    return actor_with("jobseeker", scope_id=seeker.person_id)


@pytest.mark.django_db(databases=["default", "access"])
class TestKept:
    """What is written, and by whom."""

    def test_saving_replaces_the_lines(self, seeker, self_):
        for entries in ([WORK, SCHOOL], [SCHOOL]):
            save_cv(jobseeker=seeker, about=" Hello ", shows_phone=False, entries=entries, by=self_, at=NOW)
        assert entries_of(seeker.pk) == [SCHOOL]
        assert Cv.objects.get().about == "Hello"

    def test_a_refusal_changes_nothing(self, seeker, self_):
        save_cv(jobseeker=seeker, about="", shows_phone=True, entries=[WORK], by=self_, at=NOW)
        with pytest.raises(Refused):
            save_cv(jobseeker=seeker, about="x" * 601, shows_phone=True, entries=[], by=self_, at=NOW)
        assert entries_of(seeker.pk) == [WORK]

    def test_nobody_else_writes_or_shares_it(self, seeker):
        for other in (
            actor_with("jobseeker", scope_id=JobseekerFactory().person_id),
            actor_with("counsellor", scope_id=seeker.office_id),
        ):
            with pytest.raises(NotPermitted):
                save_cv(jobseeker=seeker, about="", shows_phone=True, entries=[], by=other, at=NOW)
            with pytest.raises(NotPermitted):
                make_link(jobseeker=seeker, language="en", second_language="", days=7, by=other, at=NOW)
        assert not Cv.objects.exists() and not CvLink.objects.exists()

    def test_a_link_ends_by_its_day_or_when_taken_back(self, seeker, self_):
        link = make_link(jobseeker=seeker, language="en", second_language="en", days=7, by=self_, at=NOW)
        assert link.second_language == ""
        ref = ref_in_token(link_token(link.ref))
        assert live_link(ref, at=NOW + timedelta(days=6)) == link
        with pytest.raises(NotFound):
            live_link(ref, at=NOW + timedelta(days=7))
        count_view(link=link, at=NOW)
        assert links_of(seeker.pk)[0].views == 1
        take_back_link(jobseeker=seeker, ref=link.ref, by=self_, at=NOW)
        with pytest.raises(NotFound):
            live_link(ref, at=NOW)

    def test_a_link_of_somebody_else_cannot_be_taken_back(self, seeker, self_):
        link = make_link(jobseeker=seeker, language="en", second_language="", days=7, by=self_, at=NOW)
        other = JobseekerFactory()
        actor = actor_with("jobseeker", scope_id=other.person_id)
        with pytest.raises(NotFound):
            take_back_link(jobseeker=other, ref=link.ref, by=actor, at=NOW)
        assert CvLink.objects.get().revoked_at is None

    def test_an_altered_token_names_nothing(self):
        token = link_token("0123456789")
        for wrong in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "1" + token[1:], ""):
            with pytest.raises(NotFound):
                ref_in_token(wrong)

    def test_the_person_takes_it_along_and_it_goes_with_them(self, seeker, self_):
        save_cv(jobseeker=seeker, about="", shows_phone=True, entries=[WORK], by=self_, at=NOW)
        make_link(jobseeker=seeker, language="en", second_language="", days=7, by=self_, at=NOW)
        told = export_person(seeker.person_id)
        assert told["lines of my CV"][0]["what"] == "Waitress" and len(told["links to my CV"]) == 1
        assert erase_person(person_id=seeker.person_id) == 3
        assert not CvEntry.objects.exists() and not CvLink.objects.exists()
