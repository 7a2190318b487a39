"""Publishers' downloads load whole or not at all, in one sentence when not."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotPermitted
from openpes.core.models import ChangeEntry
from openpes.reference import exporting, imported, loading
from openpes.reference.models import (
    Concept,
    ConceptLabel,
    ConceptRelation,
    TaxonomyLoad,
    TaxonomyVersion,
)
from openpes.reference.publishers import sources
from openpes.reference.publishers.records import TaxonomyTrouble
from openpes.reference.queries import known_skill_ids
from openpes.reference.tests import publishers_files as files

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
BY = system("taxonomy.load", "taxonomy.crosswalk", "taxonomy.national", label="test")


@pytest.fixture(autouse=True)
def nothing_remembered(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    imported.forget()
    yield
    imported.forget()


def load(path, scheme="esco", **more):
    bad: list = []
    more.setdefault("version", "1.2" if scheme == "esco" else None)
    return loading.load_taxonomy(path=path, scheme=scheme, by=BY, at=AT, report=bad.append, **more), bad


def everything():
    """What the tables hold: to see that nothing was changed."""
    return [table.objects.count() for table in (TaxonomyVersion, TaxonomyLoad, Concept, ConceptLabel, ConceptRelation)]


def pairs(kind):
    rows = ConceptRelation.objects.filter(kind=kind).values_list("source__ref", "target__ref", "weight")
    return {row[:2]: row[2] for row in rows}


def test_esco_with_skills_and_their_relations(tmp_path):
    loaded, bad = load(files.esco(tmp_path / "esco"))
    assert bad == []
    assert (loaded.version, loaded.languages) == ("1.2", ["en"])
    assert loaded.counts["occupation"] == 2 and loaded.counts["skill"] == 3
    cook = Concept.objects.get(uri=files.COOK)
    assert (cook.isco, cook.code, cook.kind) == ("5120", "5120.1", "occupation")
    texts = ConceptLabel.objects.filter(concept=cook).values_list("kind", "text")
    assert set(texts) == {
        ("preferred", "tavern cook"),
        ("alternative", "pub cook"),
        ("alternative", "inn cook"),
        ("description", "About: tavern cook."),
    }
    cook_ref, waiter_ref = cook.ref, Concept.objects.get(uri=files.WAITER).ref
    assert set(pairs("essential")) == {(cook_ref, files.SOUP_REF), (waiter_ref, files.SERVE_REF)}
    assert set(pairs("optional")) == {(cook_ref, files.ADAPT_REF), (files.SOUP_REF, files.ADAPT_REF)}
    assert set(pairs("broader")) == {(cook_ref, "esco:isco/C5120")}
    assert set(pairs("collection")) == {(files.ADAPT_REF, "esco:collection/transversal")}
    # The collection names a skill that skills_en.csv has named already: no text twice.
    assert ConceptLabel.objects.filter(concept__ref=files.ADAPT_REF).count() == 1
    assert ChangeEntry.objects.filter(verb="taxonomy.load").count() == 1


def test_skills_come_from_the_collections_when_the_copy_has_no_skills(tmp_path):
    folder = files.esco(tmp_path / "esco")
    (folder / "skills_en.csv").unlink()
    loaded, bad = load(folder)
    assert loaded.counts["skill"] == 1
    assert imported.name_of_ref(files.ADAPT_REF, "en") == "adapt to change"
    assert {(row.file, row.row) for row in bad} == {
        ("occupationSkillRelations_en.csv", 2),
        ("occupationSkillRelations_en.csv", 4),
        ("skillSkillRelations_en.csv", 2),
    }
    assert bad[0].reason == f"{files.SOUP_REF} is not in these files"


@pytest.mark.parametrize("where", ["a folder in a zip", "a zip in a folder", "a zip in a zip in a folder"])
def test_zips_however_nested_and_the_version_from_their_names(tmp_path, where):
    (tmp_path / "given" / "here").mkdir(parents=True)
    name = "classification v1.2.0 en csv.zip"
    given = files.zipped(files.esco(tmp_path / "esco"), tmp_path / "given" / "here" / name, inside="download/csv/")
    if where == "a zip in a folder":
        given = tmp_path / "given"
    if where == "a zip in a zip in a folder":
        (tmp_path / "again").mkdir()
        files.zipped(tmp_path / "given", tmp_path / "again" / "all.zip")
        given = tmp_path / "again"
    loaded, bad = load(given, version=None)
    assert (loaded.version, bad, loaded.counts["skill"]) == ("1.2", [], 3)


def test_languages_come_in_several_loads_and_again_changes_nothing(tmp_path):
    load(files.esco(tmp_path / "esco"))
    french = tmp_path / "french"
    files.occupations(french, "fr", "cuisinier de taverne", "serveur de table")
    files.skills(french, "fr", "s'adapter au changement", "servir les convives", "assaisonner les soupes")
    loaded, bad = load(french)
    assert (loaded.new, loaded.languages, bad) == (True, ["en", "fr"], [])
    assert TaxonomyVersion.objects.count() == 1 and Concept.objects.filter(kind="occupation").count() == 2
    assert imported.name_of_ref(files.SERVE_REF, "fr-CH") == "servir les convives"
    assert imported.name_of_ref(files.SERVE_REF, "vi") == "serve guests"
    before = everything()
    assert load(french)[0].new is False and load(tmp_path / "esco")[0].new is False
    assert everything() == before


def test_versions_stand_side_by_side_and_the_newest_names_a_skill(tmp_path):
    load(files.esco(tmp_path / "old"), version="1.9")
    files.skills(files.esco(tmp_path / "new"), "en", "adapt to change", "serve the guests", "season soups")
    load(tmp_path / "new", version="1.10")
    assert [(one.scheme, one.version) for one in imported.versions()] == [("esco", "1.9"), ("esco", "1.10")]
    assert imported.name_of_ref(files.SERVE_REF, "en") == "serve the guests"
    loading.remove_version(scheme="esco", version="1.10", by=BY, at=AT)
    assert imported.name_of_ref(files.SERVE_REF, "en") == "serve guests"
    loading.remove_version(scheme="esco", version="1.9", by=BY, at=AT)
    assert everything() == [0] * 5


def test_other_content_for_a_loaded_part_asks_and_replaces_when_told(tmp_path):
    folder = files.esco(tmp_path / "esco")
    load(folder)
    before = everything()
    files.skills(folder, "en", "adapt to change", "serve diners", "season soups")
    with pytest.raises(TaxonomyTrouble, match="--replace"):
        load(folder)
    assert everything() == before
    load(folder, replace=True)
    assert everything() == before
    assert imported.name_of_ref(files.SERVE_REF, "en") == "serve diners"


@pytest.mark.parametrize("low_lines", [False, True])
def test_onet_text_files(tmp_path, low_lines):
    loaded, bad = load(files.onet(tmp_path / "onet", low_lines=low_lines), "onet")
    assert loaded.version == "29.1"
    cook = Concept.objects.get(ref="onet:35-2014.00")
    assert cook.level == 2
    titles = ConceptLabel.objects.filter(concept=cook).exclude(kind="description").values_list("text", flat=True)
    assert sorted(titles) == ["Cooks, Restaurant", "GC", "Grill Chef", "Line Cook"]
    assert pairs("essential") == {("onet:35-2014.00", "onet:2.A.1.a"): 312}
    assert pairs("optional") == {
        ("onet:35-3031.00", "onet:2.A.1.a"): 250,
        ("onet:35-2014.00", "onet:43232408"): None,
        ("onet:35-3031.00", "onet:43232408"): None,
    }
    assert pairs("related") == {("onet:35-2014.00", "onet:35-3031.00"): 1}
    assert pairs("broader") == {("onet:2.A.1.a", "onet:2.A.1"): None, ("onet:2.A.1", "onet:2.A"): None}
    assert Concept.objects.get(ref="onet:2.A.1.a").kind == "skill" and not Concept.objects.filter(ref="onet:1.B.1")
    assert {(Path(row.file).stem.replace("_", " "), row.row) for row in bad} == {
        ("Alternate Titles", 4),
        ("Job Zones", 3),
    }


@pytest.mark.parametrize("old", [False, True])
def test_tabiya_knows_escos_skills_as_escos(tmp_path, old):
    loaded, bad = load(files.tabiya(tmp_path / "model", old=old), "tabiya", version="1.1.1" if old else None)
    assert (loaded.version, bad) == ("1.1.1" if old else "2.0.1", [])
    assert set(pairs("optional")) == {("esco:" + files.COOK.rsplit("/", 1)[1], files.SERVE_REF)}
    assert set(pairs("essential")) == {("tabiya:u2", "tabiya:u5")}
    assert known_skill_ids(["tabiya:u5", files.SERVE_REF, "esco:nothing"]) == {"tabiya:u5", files.SERVE_REF}


def test_bad_rows_are_told_and_the_others_are_taken(tmp_path):
    folder = files.esco(tmp_path / "esco")
    with (folder / "occupations_en.csv").open("a", encoding="utf-8") as file:
        file.write("Occupation,too,few\n")
        file.write("Occupation,,5120,nameless,,,released,,,,,,\n")
        file.write(f"Occupation,{files.ESCO}occupation/x,9999,odd job,,,released,,,,,,\n")
    loaded, bad = load(folder)
    assert [(row.row, row.reason) for row in bad] == [
        (4, "has 3 columns where the first row has 13"),
        (5, "conceptUri is empty"),
        (6, "“9999” is not a unit group of ISCO-08"),
    ]
    assert loaded.counts["occupation"] == 3 and Concept.objects.get(ref="esco:x").isco == ""


def bomb(folder):
    with zipfile.ZipFile(folder / "esco 1.2.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("occupations_en.csv", b"0" * (80 << 20))


def truncated(folder):
    whole = files.zipped(files.esco(folder / "esco"), folder / "esco 1.2.zip")
    whole.write_bytes(whole.read_bytes()[:-200])
    for file in (folder / "esco").glob("*"):
        file.unlink()


def damaged(folder):
    whole = files.zipped(files.esco(folder / "esco"), folder / "esco 1.2.zip")
    content = bytearray(whole.read_bytes())
    content[200:260] = b"\0" * 60
    whole.write_bytes(bytes(content))
    for file in (folder / "esco").glob("*"):
        file.unlink()


def other_encoding(folder):
    files.esco(folder)
    files.occupations(folder, "fr", "cuisinier à la taverne", "serveur")
    text = (folder / "occupations_fr.csv").read_text(encoding="utf-8")
    (folder / "occupations_fr.csv").write_text(text, encoding="latin-1")


def mixed_by_content(folder):
    files.esco(folder)
    files.occupations(folder, "fr", "cuisinier de taverne", "serveur", isco="5246")


def mixed_by_relations(folder):
    files.needs(
        files.esco(folder), (files.COOK, "essential", files.SOUP), (files.COOK, "essential", f"{files.ESCO}skill/z")
    )


def mixed_by_names(folder):
    files.esco(folder / "v1.2")
    files.occupations(folder / "v1.1.1", "fr", "cuisinier de taverne", "serveur")


def twice(folder):
    files.occupations(files.esco(folder / "one") and folder / "two", "en", "tavern chef", "table waiter")


def wrong_folder(folder):
    files.onet(folder)


def no_columns(folder):
    files.esco(folder)
    files.table(folder / "skills_en.csv", ["conceptUri", "name"], {"conceptUri": files.SOUP, "name": "x"})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (bomb, "would grow to"),
        (truncated, "not a whole zip|damaged or incomplete"),
        (damaged, "damaged or incomplete"),
        (other_encoding, "not UTF-8"),
        (mixed_by_content, "two versions are mixed"),
        (mixed_by_relations, "two versions are mixed"),
        (mixed_by_names, "versions 1.1.1 and 1.2|versions 1.2 and 1.1.1"),
        (twice, "two versions are mixed"),
        (wrong_folder, "holds files of O\\*NET, not of ESCO"),
        (no_columns, "has no column preferredlabel"),
    ],
)
def test_bad_downloads_are_one_sentence_and_nothing_changes(tmp_path, make, sentence):
    load(files.tabiya(tmp_path / "model"), "tabiya")
    before, names = everything(), imported.name_of_ref("tabiya:u5", "en")
    folder = tmp_path / "bad"
    folder.mkdir()
    make(folder)
    with pytest.raises(TaxonomyTrouble, match=sentence) as raised:
        load(folder, version=None if make is mixed_by_names else "1.2")
    assert "\n" not in str(raised.value)
    assert everything() == before and imported.name_of_ref("tabiya:u5", "en") == names


def test_no_path_no_version_and_another_version_than_said(tmp_path):
    folder = files.esco(tmp_path / "plain")
    for path, version, sentence in (
        (tmp_path / "nowhere", "1.2", "no file or folder"),
        (folder, None, "--version"),
        (files.zipped(folder, tmp_path / "esco-1.1.1.zip"), "1.2", "You said version 1.2, and the files say 1.1.1"),
    ):
        with pytest.raises(TaxonomyTrouble, match=sentence):
            load(path, version=version)
    assert everything() == [0] * 5


def test_unpacking_stops_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 1000)
    with pytest.raises(TaxonomyTrouble, match="would unpack to more"):
        load(files.zipped(files.esco(tmp_path / "esco"), tmp_path / "esco.zip"))


def test_an_interrupted_load_is_not_seen_and_is_cleared_at_the_next_start(tmp_path, monkeypatch):
    folder = files.esco(tmp_path / "esco")
    monkeypatch.setattr(loading, "_made_ready", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr(loading, "remove_load", lambda _: None)  # as if the process had been killed
    with pytest.raises(KeyboardInterrupt):
        load(folder)
    monkeypatch.undo()
    assert Concept.objects.exists() and imported.versions() == []
    assert known_skill_ids([files.SOUP_REF]) == set() and imported.name_of_ref(files.SOUP_REF, "en") is None
    assert imported.titles_in("en") == []
    load(files.tabiya(tmp_path / "model"), "tabiya")
    assert [one.scheme for one in imported.versions()] == ["tabiya"]
    assert not Concept.objects.filter(version__scheme="esco").exists()


def test_a_load_that_fails_takes_its_rows_away(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_made_ready", lambda *_: (_ for _ in ()).throw(RuntimeError("no space")))
    with pytest.raises(RuntimeError):
        load(files.esco(tmp_path / "esco"))
    assert everything() == [0] * 5


def test_nobody_loads_without_the_right(tmp_path):
    with pytest.raises(NotPermitted):
        loading.load_taxonomy(path=tmp_path, scheme="esco", by=VISITOR, at=AT)


def content():
    concepts = Concept.objects.values_list(
        "version__version", "uri", "kind", "code", "isco", "skill_type", "reuse_level"
    )
    labels = ConceptLabel.objects.values_list("concept__version__version", "concept__uri", "language", "kind", "text")
    relations = ConceptRelation.objects.values_list(
        "source__version__version", "source__uri", "target__uri", "kind", "weight"
    )
    return [
        {version: {row[1:] for row in rows if row[0] == version} for version in ("1.2", "9.9")}
        for rows in (list(concepts), list(labels), list(relations))
    ]


def test_what_is_exported_can_be_imported_and_is_the_same(tmp_path):
    load(files.esco(tmp_path / "esco"))
    french = tmp_path / "french"
    files.occupations(french, "fr", "cuisinier de taverne", "serveur de table")
    load(french)
    written = exporting.export(imported.version_of("esco", "1.2"), tmp_path / "out")
    assert written["occupations_fr.csv"] == 2 and written["occupationSkillRelations.csv"] == 3
    _, bad = load(tmp_path / "out", version="9.9")
    assert bad == []
    for kind in content():
        assert kind["9.9"] == kind["1.2"] != set()
    with pytest.raises(TaxonomyTrouble, match="not an empty folder"):
        exporting.export(imported.version_of("esco", "1.2"), tmp_path / "out")


@pytest.mark.parametrize(
    ("scheme", "name", "version", "labels"),
    [
        ("esco", "esco-1.0.8-26-languages.zip", "1.0.8", 362_920),
        ("esco", "esco-1.2-en.zip", "1.2", 40_000),
        ("onet", "onet-27.0-part.zip", "27.0", 50_000),
        ("tabiya", "tabiya-sample-esco-1.1.1.zip", "1.1.1", 40_000),
    ],
)
def test_the_publishers_own_downloads(scheme, name, version, labels):
    folder = os.environ.get("OPENPES_SHARED_DATA")
    if not folder:
        pytest.skip("OPENPES_SHARED_DATA is not set: the publishers' own downloads were not tried")
    loaded, bad = load(Path(folder) / "taxonomies" / name, scheme, version=None)
    assert loaded.version == version and loaded.counts["label"] >= labels
    # The copy of ESCO 1.2 lacks skills_en.csv, and each row that needs it is told.
    assert (len(bad) > 0) is (version == "1.2")
    assert ConceptLabel.objects.filter(kind__in=("preferred", "alternative")).count() >= labels
