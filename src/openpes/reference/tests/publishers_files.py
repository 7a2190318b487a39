"""Tiny downloads in each publisher's own format, written for the tests."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

ESCO = "http://data.europa.eu/esco/"
COOK, WAITER = (
    f"{ESCO}occupation/0c0c0c0c-0000-4000-8000-000000000001",
    f"{ESCO}occupation/0c0c0c0c-0000-4000-8000-000000000002",
)
ADAPT, SERVE, SOUP = (f"{ESCO}skill/5c5c5c5c-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
ADAPT_REF, SERVE_REF, SOUP_REF = (f"esco:5c5c5c5c-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
_WORDS = "altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description"
OCCUPATION_COLUMNS = f"conceptType,conceptUri,iscoGroup,preferredLabel,{_WORDS},code".split(",")
SKILL_COLUMNS = f"conceptType,conceptUri,skillType,reuseLevel,preferredLabel,{_WORDS}".split(",")


def table(path: Path, columns: list[str], *lines: dict[str, str], delimiter: str = ",") -> None:
    """Write a table; cells that a line leaves out are empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)


def occupation(uri: str, isco: str, label: str, code: str, others: str = "") -> dict[str, str]:
    return {
        "conceptType": "Occupation",
        "conceptUri": uri,
        "iscoGroup": isco,
        "preferredLabel": label,
        "altLabels": others,
        "status": "released",
        "description": f"About: {label}.",
        "code": code,
    }


def skill(uri: str, label: str, others: str = "", kind: str = "skill/competence") -> dict[str, str]:
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": uri,
        "skillType": kind,
        "reuseLevel": "cross-sector",
        "preferredLabel": label,
        "altLabels": others,
        "status": "released",
    }


def occupations(folder: Path, language: str, cook: str, waiter: str, others: str = "", isco: str = "5120") -> None:
    table(
        folder / f"occupations_{language}.csv",
        OCCUPATION_COLUMNS,
        occupation(COOK, isco, cook, f"{isco}.1", others),
        occupation(WAITER, "5131", waiter, "5131.2"),
    )


def skills(folder: Path, language: str, adapt: str, serve: str, soup: str) -> None:
    table(
        folder / f"skills_{language}.csv",
        SKILL_COLUMNS,
        skill(ADAPT, adapt),
        skill(SERVE, serve, "wait at table\nbring the plates"),
        skill(SOUP, soup),
    )


def needs(folder: Path, *pairs: tuple[str, str, str]) -> None:
    columns = ["occupationUri", "occupationLabel", "relationType", "skillType", "skillUri", "skillLabel"]
    table(
        folder / "occupationSkillRelations_en.csv",
        columns,
        *({"occupationUri": one, "relationType": kind, "skillUri": other} for one, kind, other in pairs),
    )


def esco(folder: Path) -> Path:
    """A whole small ESCO in English: groups, occupations, skills, and what joins them."""
    table(
        folder / "ISCOGroups_en.csv",
        ["conceptType", "conceptUri", "code", "preferredLabel", "status", "altLabels", "inScheme", "description"],
        {"conceptType": "ISCOGroup", "conceptUri": f"{ESCO}isco/C5120", "code": "5120", "preferredLabel": "Cooks"},
    )
    occupations(folder, "en", "tavern cook", "table waiter", "pub cook\ninn cook")
    skills(folder, "en", "adapt to change", "serve guests", "season soups")
    needs(folder, (COOK, "essential", SOUP), (COOK, "optional", ADAPT), (WAITER, "essential", SERVE))
    table(
        folder / "broaderRelationsOccPillar_en.csv",
        ["conceptType", "conceptUri", "broaderType", "broaderUri"],
        {
            "conceptType": "Occupation",
            "conceptUri": COOK,
            "broaderType": "ISCOGroup",
            "broaderUri": f"{ESCO}isco/C5120",
        },
    )
    table(
        folder / "skillSkillRelations_en.csv",
        ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"],
        {"originalSkillUri": SOUP, "relationType": "optional", "relatedSkillUri": ADAPT},
    )
    table(
        folder / "transversalSkillsCollection_en.csv",
        [
            "conceptType",
            "conceptUri",
            "skillType",
            "reuseLevel",
            "preferredLabel",
            "status",
            "altLabels",
            "description",
        ],
        skill(ADAPT, "adapt to change", "be flexible | bend"),
    )
    return folder


def onet(folder: Path, *, low_lines: bool = False) -> Path:
    """A small O*NET: two occupations with titles, zones, a relation and rated skills."""
    space = "_" if low_lines else " "

    def write(name: str, columns: str, *lines: str) -> None:
        path = folder / f"{name.replace(' ', space)}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([columns, *lines]) + "\n", encoding="utf-8")

    write("Read Me", "O*NET 29.1 Database")
    write(
        "Occupation Data",
        "O*NET-SOC Code\tTitle\tDescription",
        '35-2014.00\tCooks, Restaurant\tCook "to order".',
        "35-3031.00\tWaiters\tServe.",
    )
    write(
        "Content Model Reference",
        "Element ID\tElement Name\tDescription",
        "1.B.1\tInterests\tNot a skill.",
        "2.A\tBasic Skills\tA group.",
        "2.A.1\tContent\tA group.",
        "2.A.1.a\tReading Comprehension\tUnderstanding sentences.",
    )
    write(
        "Alternate Titles",
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
        "35-2014.00\tLine Cook\tn/a\t08",
        "35-2014.00\tGrill Chef\tGC\t08",
        "99\tLost\tn/a\t08",
    )
    write(
        "Sample of Reported Titles",
        "O*NET-SOC Code\tReported Job Title\tShown in My Next Move",
        "35-2014.00\tLine Cook\tY",
    )
    write(
        "Job Zones",
        "O*NET-SOC Code\tJob Zone\tDate\tDomain Source",
        "35-2014.00\t2\t08/2021\tAnalyst",
        "35-3031.00\t9\t08/2021\tAnalyst",
    )
    write(
        "Related Occupations",
        "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
        "35-2014.00\t35-3031.00\tPrimary-Short\t1",
    )
    rated = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tRecommend Suppress"
    write(
        "Skills",
        rated,
        "35-2014.00\t2.A.1.a\tReading Comprehension\tIM\t3.12\t8\tN",
        "35-2014.00\t2.A.1.a\tReading Comprehension\tLV\t4.0\t8\tN",
        "35-3031.00\t2.A.1.a\tReading Comprehension\tIM\t2.5\t8\tN",
        "35-3031.00\t2.A.1.b\tActive Listening\tIM\t4.5\t8\tY",
    )
    write(
        "Technology Skills",
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology",
        "35-2014.00\tTillMaster\t43232408\tPoint of sale software\tN",
        "35-3031.00\tTillMaster\t43232408\tPoint of sale software\tN",
    )
    return folder


def tabiya(folder: Path, *, old: bool = False) -> Path:
    """A small Tabiya model in its newer (ORIGINURI) or older (ESCOURI) columns."""
    origin, group = ("ESCOURI", "ISCOGROUPCODE") if old else ("ORIGINURI", "OCCUPATIONGROUPCODE")
    table(
        folder / "occupations.csv",
        [origin, "ID", "UUIDHISTORY", group, "CODE", "PREFERREDLABEL", "ALTLABELS", "OCCUPATIONTYPE"],
        {
            origin: COOK,
            "ID": "k1",
            "UUIDHISTORY": "u1",
            group: "5120",
            "CODE": "5120.1",
            "PREFERREDLABEL": "tavern cook",
            "ALTLABELS": "pub cook\ninn cook",
        },
        {"ID": "k2", "UUIDHISTORY": "u3\nu2", group: "5212", "CODE": "5212_1", "PREFERREDLABEL": "street snack seller"},
    )
    table(
        folder / "skills.csv",
        [origin, "ID", "UUIDHISTORY", "SKILLTYPE", "REUSELEVEL", "PREFERREDLABEL", "ALTLABELS"],
        {
            origin: SERVE,
            "ID": "k3",
            "UUIDHISTORY": "u4",
            "SKILLTYPE": "skill/competence",
            "PREFERREDLABEL": "serve guests",
        },
        {"ID": "k4", "UUIDHISTORY": "u6\nu5", "PREFERREDLABEL": "call out to passers-by"},
    )
    name = "occupation_skill_relations.csv" if old else "occupation_to_skill_relations.csv"
    table(
        folder / name,
        ["OCCUPATIONTYPE", "OCCUPATIONID", "RELATIONTYPE", "SKILLID"],
        {"OCCUPATIONID": "k1", "RELATIONTYPE": "optional", "SKILLID": "k3"},
        {"OCCUPATIONID": "k2", "RELATIONTYPE": "essential", "SKILLID": "k4"},
    )
    if not old:
        table(
            folder / "model_info.csv",
            ["NAME", "LOCALE", "VERSION"],
            {"NAME": "Street work", "LOCALE": "en-PH", "VERSION": "v2.0.1"},
        )
    return folder


def zipped(folder: Path, target: Path, *, inside: str = "") -> Path:
    """A zip of a folder's files, below a folder in the zip where one is named."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{inside}{file.relative_to(folder).as_posix()}")
    return target
