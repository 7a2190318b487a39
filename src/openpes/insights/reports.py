"""Two reports to the world: what the ILO asks under C88 and C122, and the eight benchmarks of the European services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpes.core.spreadsheets import Value, as_csv, as_xlsx
from openpes.insights.models import Freeze
from openpes.insights.release import ReleasedTable, released_figures, released_table, vintage_of
from openpes.reference.country import country
from openpes_evidence.cells import Cell

TOTAL = "_T"
C88_TABLES = ("inflow_sex_age", "stock_sex_age", "outflow_sex_age", "referrals_sex_age", "placements_sex_age")
C88_HEADER = ("month", "vintage", "table", "indicator", "sex", "age", "count", "status")


@dataclass(frozen=True)
class Asked:
    """One thing that a report asks for: where it is asked, in whose words nothing is quoted, and what answers it."""

    item: str
    where: str
    tables: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


# Recalled from the texts of the conventions, not read for this list: check before a report is sent.
CHECKLIST: tuple[Asked, ...] = (
    Asked("Applications for work received, by sex and age", "C88 art. 6", ("inflow_sex_age",)),
    Asked("People looking at the end of the period, by sex and age", "C88 art. 6; C122 art. 2", ("stock_sex_age",)),
    Asked("People looking, by education", "C122 art. 2", ("stock_sex_edu",)),
    Asked("People looking, by how long", "C122 art. 2", ("stock_dur_age",)),
    Asked("Vacancies notified", "C88 art. 6", ("posted_occ",), ("postings", "places_posted")),
    Asked("Live vacancies and places", "C88 art. 6", ("vacancies_area", "places_occ_area"), ("live_places",)),
    Asked("People referred to vacancies, by sex and age", "C88 art. 6", ("referrals_sex_age",)),
    Asked("People placed, by sex and age", "C88 art. 6", ("placements_sex_age",), ("placements",)),
    Asked("Young people: separate figures", "C88 art. 8", ("stock_sex_age", "placements_sex_age"), ("youth_share",)),
    Asked("Offices and how they are spread", "C88 art. 3", ("stock_office",)),
    Asked("People in labour market programmes", "C122 art. 2", (), ("programme_entries", "programme_completions")),
    Asked("People with disabilities: separate figures", "C88 art. 7"),
    Asked("Consultation of employers and workers", "C88 art. 4–5; C122 art. 3"),
)


def c88_rows(freeze: Freeze) -> Iterator[tuple[Value, ...]]:
    """Protected counts by sex and age, totals among them."""
    for table_id in C88_TABLES:
        table = released_table(freeze, table_id)
        for (sex, age), n in sorted(table.cells.items()):
            yield (
                freeze.month,
                vintage_of(freeze),
                table.table.title,
                table.table.indicator,
                "total" if sex == TOTAL else sex,
                "total" if age == TOTAL else age,
                n,
                "hidden" if n is None else "ok",
            )


def coverage(freeze: Freeze) -> list[tuple[str, str, str, str]]:
    """(what is asked, where, answered by, how far) of the checklist, from what the freeze really holds."""
    figures = {one.indicator: one for one in released_figures(freeze, place="")}
    found = []
    for asked in CHECKLIST:
        parts = [*asked.tables, *asked.indicators]
        filled = [one for one in asked.tables if _has_counts(released_table(freeze, one))]
        filled += [one for one in asked.indicators if one in figures and figures[one].value is not None]
        if not parts:
            state = "not collected here: answer in words"
        else:
            state = "complete" if len(filled) == len(parts) else "in part" if filled else "no data in this month"
        found.append((asked.item, asked.where, ", ".join(parts) or "none", state))
    return found


def _has_counts(table: ReleasedTable) -> bool:
    return any(table.cells.values())


COVERAGE_HEADER = ("asked for", "where", "answered by", "how far")


def c88_csv(freeze: Freeze) -> bytes:
    """The tables as CSV."""
    return as_csv(C88_HEADER, c88_rows(freeze))


def c88_xlsx(freeze: Freeze) -> bytes:
    """The tables and the checklist as a workbook."""
    return as_xlsx(
        [
            (f"C88 C122 {freeze.month}", C88_HEADER, c88_rows(freeze)),
            ("Coverage", COVERAGE_HEADER, coverage(freeze)),
        ]
    )


@dataclass(frozen=True)
class Benchmark:
    """One of the eight indicators: its number in the annex, what it says, and ours that answers it ("" for none)."""

    number: str
    title: str
    indicator: str
    question: str = ""


SATISFACTION = "How satisfied are you with the help of the employment service? 1 not at all … 5 very"
# Decision 573/2014/EU, annex; recalled, not read for this list: check before a report is sent.
BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("1a", "People who moved from the register into work, of the stock", "job_finding_rate"),
    Benchmark("1b", "People who left the register, of the stock", "outflow_rate"),
    Benchmark("2a", "Into work within 6 months", "in_work_6"),
    Benchmark("2b", "New entries who were outside the labour force before, of all entries", "inactive_entries"),
    Benchmark("3a", "Vacancies filled", "fill_rate"),
    Benchmark(
        "3b",
        "People in work who found their job with the help of the service",
        "",
        "Did the public employment service help you to find your present job? yes / no (in the labour force survey)",
    ),
    Benchmark("4a", "Jobseekers satisfied with the service", "", SATISFACTION),
    Benchmark("4b", "Employers satisfied with the service", "", SATISFACTION),
)
EU_HEADER = ("month", "vintage", "number", "indicator", "value", "lower", "upper", "n", "status", "what would fill it")


def eu_pes_rows(freeze: Freeze) -> Iterator[tuple[Value, ...]]:
    """The eight indicators; what nobody collects is said to be missing, with the question that would fill it."""
    figures = {one.indicator: one for one in released_figures(freeze, place="")}
    derived = _derived(freeze, figures)
    for one in BENCHMARKS:
        cell = derived.get(one.indicator) or figures.get(one.indicator)
        if cell is None or cell.value is None:
            status = "hidden" if cell is not None and cell.status == "Q" else "missing"
            values: tuple[Value, ...] = (None, None, None, None, status)
        else:
            values = (cell.value, cell.lower, cell.upper, cell.n, "ok")
        yield (freeze.month, vintage_of(freeze), one.number, one.title, *values, one.question)


def _derived(freeze: Freeze, figures: dict[str, Cell]) -> dict[str, Cell]:
    """Two that are divided out of protected counts: leaving, and entries from outside the labour force."""
    found: dict[str, Cell] = {}
    stock, gone = figures.get("registered_stock"), figures.get("registered_outflow")
    if stock is not None and gone is not None and stock.value and gone.value is not None:
        found["outflow_rate"] = Cell("outflow_rate", "1.0", {}, round(100 * gone.value / stock.value, 1), n=stock.n)
    entries = released_table(freeze, "inflow_status")
    outside = [entries.cells.get((code,), 0) for code in ("studying", "caring")]
    told = [n for key, n in entries.cells.items() if key[0] not in (TOTAL, "not_said")]
    if told and None not in told and sum(n or 0 for n in told):
        share = 100 * sum(n or 0 for n in outside) / sum(n or 0 for n in told)
        found["inactive_entries"] = Cell("inactive_entries", "1.0", {}, round(share, 1), n=sum(n or 0 for n in told))
    return found


def eu_pes_csv(freeze: Freeze) -> bytes:
    """The eight as CSV."""
    return as_csv(EU_HEADER, eu_pes_rows(freeze))


def eu_pes_xlsx(freeze: Freeze) -> bytes:
    """The eight as a workbook."""
    return as_xlsx([(f"EU PES {country().code} {freeze.month}", EU_HEADER, eu_pes_rows(freeze))])
