"""Skills of publishers stand beside ours, and become ours where they mean the same."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.tables import UnreadableTable
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.queries import Seeker
from openpes.matching.rows import person_rows
from openpes.reference import crosswalk, imported, labels, loading, national, taxonomy, titles
from openpes.reference.models import Concept, SkillLink
from openpes.reference.publishers.records import TaxonomyTrouble
from openpes.reference.queries import canonical_skills, known_skill_ids, skills_of_work
from openpes.reference.skill_ids import canonical, ref_of
from openpes.reference.tests import publishers_files as files
from openpes.vacancies import operations as vacancies

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
BY = system("taxonomy.load", "taxonomy.crosswalk", "taxonomy.national", label="test")


@pytest.fixture(autouse=True)
def nothing_remembered(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    imported.forget()
    yield
    imported.forget()


@pytest.fixture
def esco(db, tmp_path):
    loading.load_taxonomy(path=files.esco(tmp_path / "esco"), scheme="esco", version="1.2", by=BY, at=AT)


def table_of(*rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["skill_id", "ref", "kind"])
    writer.writerows(rows)
    return out.getvalue().encode()


def links():
    return {(one.skill_id, one.ref): (one.kind, one.how) for one in SkillLink.objects.all()}


def test_canonical_is_pure_and_keeps_the_order():
    exact = {"esco:a": "cook", "onet:b": "cook"}
    assert canonical(["x", "esco:a", "onet:b", "esco:z", "cook"], exact) == ["x", "cook", "esco:z"]
    assert ref_of("http://data.europa.eu/esco/skill/abc") == "esco:abc"
    assert ref_of("http://data.europa.eu/esco/isco/C5120") == "esco:isco/C5120"
    assert ref_of("onet:2.A.1.a") == "onet:2.A.1.a"


def test_the_same_label_is_an_exact_link(esco):
    assert taxonomy.skills()["adapt-to-change"].label_en == "Adapt to change"
    assert links()["adapt-to-change", files.ADAPT_REF] == ("exact", "same label")
    assert known_skill_ids(["adapt-to-change", files.SOUP_REF, "no-such", "esco:no"]) == {
        "adapt-to-change",
        files.SOUP_REF,
    }


def test_our_own_skills_ask_no_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert known_skill_ids(["adapt-to-change", "no-such"]) == {"adapt-to-change"}
        assert canonical_skills([["adapt-to-change"], None, []]) == [["adapt-to-change"], None, []]


def test_matching_reads_linked_skills_as_ours_with_one_query(esco, django_assert_num_queries):
    def seeker(*skills):
        known = {name: None for name in Seeker.__dataclass_fields__}
        return SimpleNamespace(**{**known, "id": 1, "isco": ("5120",), "skill_ids": skills, "shifts": 0})

    many = [seeker(files.ADAPT_REF, "adapt-to-change", files.SOUP_REF) for _ in range(20)]
    with django_assert_num_queries(1):
        rows = person_rows(many, currency="PHP", on=date(2026, 11, 24))
    assert rows[0]["skills"] == ["adapt-to-change", files.SOUP_REF]


def test_work_offers_our_skills_and_then_those_of_loaded_taxonomies(esco, tmp_path, django_assert_num_queries):
    ours = [link.skill.id for link in taxonomy.skills_of("5120")]
    loading.load_taxonomy(path=files.tabiya(tmp_path / "model"), scheme="tabiya", by=BY, at=AT)
    with django_assert_num_queries(2):
        offered = skills_of_work("5120")
    assert [one.skill_id for one in offered[: len(ours)]] == ours
    # The skill that is linked to one of ours is not offered twice; what two publishers share is offered once.
    assert [(one.skill_id, one.kind) for one in offered[len(ours) :]] == [
        (files.SOUP_REF, "essential"),
        (files.SERVE_REF, "useful"),
    ]


def test_profiles_and_adverts_take_loaded_skills_and_no_others(esco):
    profile = jobseekers.Profile(area_code="x", wanted=(jobseekers.Wanted("5120"),), skill_ids=(files.SOUP_REF,))
    jobseekers.require_known_codes(profile)
    with pytest.raises(Refused):
        jobseekers.require_known_codes(
            jobseekers.Profile(area_code="x", wanted=(jobseekers.Wanted("5120"),), skill_ids=("esco:no",))
        )
    offered = SimpleNamespace(
        isco="5120", must_skill_ids=(files.SOUP_REF,), skill_ids=(), licence_ids=(), offers=(), accommodations=()
    )
    vacancies.require_known_codes(offered)
    offered.skill_ids = ("esco:no",)
    with pytest.raises(Refused):
        vacancies.require_known_codes(offered)


def test_a_loaded_skill_is_named_in_the_readers_language_at_a_constant_cost(
    esco, tmp_path, django_assert_max_num_queries
):
    french = tmp_path / "french"
    files.skills(french, "fr", "s'adapter au changement", "servir les convives", "assaisonner les soupes")
    loading.load_taxonomy(path=french, scheme="esco", version="1.2", by=BY, at=AT)
    assert labels.skill_label(files.SOUP_REF, "fr") == "assaisonner les soupes"
    with django_assert_max_num_queries(0):
        assert labels.skill_label(files.SERVE_REF, "fr") == "servir les convives"
    assert labels.skill_label(files.SERVE_REF, "km") == "serve guests"
    assert labels.skill_label("esco:no", "km") == "esco:no"


def test_an_experts_file_stands_above_the_rules(esco, tmp_path):
    assert "adapt-to-change,Adapt to change," in crosswalk.as_csv()
    skill_id = "serve-customers"
    assert skill_id in taxonomy.skills()
    content = table_of([skill_id, files.SERVE_REF, "exact"])
    assert crosswalk.load_links(content=content, by=BY, at=AT) == 2  # one more, and the proposal that it leaves out
    assert links() == {
        (skill_id, files.SERVE_REF): ("exact", "expert"),
        ("adapt-to-change", files.ADAPT_REF): ("none", "expert"),
    }
    # Loading the same skills again in another version does not bring back what the expert took out.
    loading.load_taxonomy(path=tmp_path / "esco", scheme="esco", version="1.3", by=BY, at=AT)
    assert links()["adapt-to-change", files.ADAPT_REF] == ("none", "expert")
    assert imported.exact_links() == {files.SERVE_REF: skill_id}
    assert crosswalk.load_links(content=crosswalk.as_csv().encode(), by=BY, at=AT) == 0


def test_every_bad_row_of_a_crosswalk_is_told_and_nothing_changes(esco):
    before = links()
    content = table_of(
        ["no-such", files.SERVE_REF, "exact"],
        ["adapt-to-change", "esco:no", "exact"],
        ["adapt-to-change", files.ADAPT_REF, "same"],
        ["adapt-to-change", files.SOUP_REF, "exact"],
        ["adapt-to-change", files.SOUP_REF, "close"],
        ["act-a-part", files.SOUP_REF, "exact"],
    )
    with pytest.raises(crosswalk.UnfitCrosswalk) as raised:
        crosswalk.load_links(content=content, by=BY, at=AT)
    assert [(row.line, row.column) for row in raised.value.rows] == [
        (2, "skill_id"),
        (3, "ref"),
        (4, "kind"),
        (6, "ref"),
        (7, "kind"),
    ]
    assert links() == before
    with pytest.raises(UnreadableTable):
        crosswalk.load_links(content=b"a,b\n1,2\n", by=BY, at=AT)
    with pytest.raises(NotPermitted):
        crosswalk.load_links(content=table_of(), by=VISITOR, at=AT)


NATIONAL = (
    b"code,title,isco,kind\nA1,Cooks,5120,exact\nB1,Table and bar staff,5131,broader\n"
    b"B1,Table and bar staff,5132,broader\nB2,Head waiters,5131,narrower\n"
)


def load_national(content=NATIONAL, version="2012", starts_on=date(2012, 1, 1), **more):
    return national.load_national(
        content=content, scheme="PSOC", version=version, starts_on=starts_on, by=BY, at=AT, **more
    )


def test_national_codes_both_ways_and_many_to_many(db):
    row, new = load_national()
    on = date(2026, 1, 1)
    assert (row.codes.count(), new) == (4, True)
    assert [(one.code, one.kind) for one in national.national_codes_of("5131", on)] == [
        ("B1", "broader"),
        ("B2", "narrower"),
    ]
    matches = national.isco_of("PSOC", "B1", on)
    assert [(one.isco, one.share) for one in matches] == [
        ("5131", national.Fraction(1, 2)),
        ("5132", national.Fraction(1, 2)),
    ]
    assert national.one_or_several(matches) == "several"
    assert national.one_or_several(national.isco_of("PSOC", "A1", on)) == "5120"
    assert national.one_or_several(national.isco_of("PSOC", "Z9", on)) == ""
    shares = national.in_national_codes({"5131": 7, "5120": 2, "9111": 4}, "PSOC", on)
    assert shares == {"B1": national.Fraction(7, 2), "B2": national.Fraction(7, 2), "A1": 2, "": 4}
    assert sum(shares.values()) == 13
    assert load_national()[1] is False


def test_versions_follow_each_other(db):
    load_national(ends_before=date(2022, 1, 1))
    load_national(b"code,title,isco,kind\nC1,Cooks,5120,exact\n", "2022", date(2022, 1, 1))
    codes = {
        year: [one.code for one in national.national_codes_of("5120", date(year, 6, 1))] for year in (2011, 2021, 2022)
    }
    assert codes == {2011: [], 2021: ["A1"], 2022: ["C1"]}
    with pytest.raises(TaxonomyTrouble, match="at the same time"):
        load_national(b"code,title,isco,kind\nC1,Cooks,5120,exact\n", "2023", date(2023, 1, 1))
    with pytest.raises(TaxonomyTrouble, match="--replace"):
        load_national(b"code,title,isco,kind\nC1,Cooks,5120,exact\n", "2012", ends_before=date(2022, 1, 1))


def test_every_bad_row_of_a_national_table_is_told(db):
    content = (
        b"code,title,isco,kind\n,Cooks,5120,exact\nA,,5120,exact\nB,Bakers,512,exact\nC,Clerks,4110,like\n"
        b"D,Drivers,8322,exact\nD,Drivers,8332,exact\nE,Eels,6221,broader\nE,Ells,6222,broader\n"
        b"F,Farmers,6111,broader\nF,Farmers,6111,broader\n"
    )
    with pytest.raises(national.UnfitTable) as raised:
        load_national(content)
    assert [(row.line, row.column) for row in raised.value.rows] == [
        (2, "code"),
        (3, "title"),
        (4, "isco"),
        (5, "kind"),
        (6, "kind"),
        (7, "kind"),
        (9, "title"),
        (11, "isco"),
    ]
    assert not national.NationalScheme.objects.exists()


def test_a_crosswalk_of_soc_places_onets_occupations(db, tmp_path):
    loading.load_taxonomy(path=files.onet(tmp_path / "onet"), scheme="onet", by=BY, at=AT)
    assert imported.titles_in("en") == []
    content = (
        b"code,title,isco,kind\n35-2014,Cooks,5120,exact\n35-3031,Waiters,5131,overlap\n35-3031,Waiters,5132,overlap\n"
    )
    national.load_national(content=content, scheme="SOC", version="2018", starts_on=date(2018, 1, 1), by=BY, at=AT)
    assert ("Line Cook", "5120") in imported.titles_in("en")
    assert Concept.objects.get(ref="onet:35-3031.00").isco == ""  # two groups: not silently the first


def test_a_crosswalk_that_was_there_before_places_them_too(db, tmp_path):
    content = b"code,title,isco,kind\n35-2014,Cooks,5120,exact\n"
    national.load_national(content=content, scheme="SOC", version="2018", starts_on=date(2018, 1, 1), by=BY, at=AT)
    loading.load_taxonomy(path=files.onet(tmp_path / "onet"), scheme="onet", by=BY, at=AT)
    assert ("Line Cook", "5120") in imported.titles_in("en")


@pytest.fixture
def national_codes_are_read():
    titles.read_codes_with(national.by_code)
    yield
    titles.read_codes_with(None)


def test_a_typed_code_answers_with_its_unit_groups(db, national_codes_are_read):
    load_national()
    assert [one.isco for one in titles.search("5131", "en")] == ["5131"]
    assert titles.propose("٥١٣١", "en")[0].isco == "5131"
    several = titles.propose("b1", "en")
    assert [one.isco for one in several] == ["5131", "5132"] and titles.confidence(several) == "medium"
    assert "PSOC 2012 B1" in several[0].label
    assert titles.search("9999", "en") == []
    assert titles.search("waiter", "en")[0].isco == "5131"
