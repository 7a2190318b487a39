"""The ministry's own form of the monthly return: its layout is data, what nobody counts is left for the hand."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.factories import NOW, TODAY, OfficeFactory, account_with

from openpes.desks.return_form import filled, form_on, read_form
from openpes.desks.returns import Line
from openpes_countries import known_countries, load_country

MONTH = TODAY.isoformat()[:7]


def test_lines_add_up_and_what_is_not_counted_stays_empty() -> None:
    value = {
        "title": "Form 7",
        "lines": [
            {"section": "A", "code": "1", "label": "Placed", "adds": ["work_register", "work_employer"]},
            {"section": "B", "code": "2", "label": "Fairs", "adds": []},
        ],
    }
    form = read_form(value, verified=True)
    assert form is not None
    numbers = dict.fromkeys(Line, 0) | {Line.WORK_REGISTER: 3, Line.WORK_EMPLOYER: 4, Line.WORK_PERSON: 90}
    assert [(one.code, number) for one, number in filled(form, numbers)] == [("1", 7), ("2", None)]


@pytest.mark.parametrize("line", [{"code": "1", "label": "x", "adds": ["nonsense"]}, {"code": "", "label": "x"}])
def test_a_line_that_cannot_be_read_is_told(line) -> None:
    with pytest.raises(ValueError, match="not complete"):
        read_form({"title": "", "lines": [line]}, verified=True)


@pytest.mark.parametrize("code", known_countries())
def test_the_form_of_every_country_can_be_read(code: str) -> None:
    dated = load_country(code).value("casework.return_form", on=TODAY)
    read_form(dated.value, verified=True)


@pytest.mark.django_db(databases=["default", "access"])
class TestShown:
    """In the Philippines, on the page and in the file."""

    @pytest.fixture
    def desk(self, signed_in, monkeypatch):
        monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: NOW)
        return signed_in(account_with("counsellor", office=OfficeFactory()))

    def test_a_month_has_the_form_and_says_that_it_is_recalled(self, desk) -> None:
        form = form_on(TODAY)
        assert form is not None and not form.verified
        page = desk.get(f"/desk/return/?of={MONTH}").content.decode()
        assert form.title in page and "by hand" in page and "recalled" in page
        assert form.title not in desk.get("/desk/return/").content.decode(), "a day is no monthly report"

    def test_the_file_and_the_paper_carry_it(self, desk) -> None:
        book = zipfile.ZipFile(io.BytesIO(desk.get(f"/desk/return/return.xlsx?of={MONTH}").content))
        assert "Form" in book.read("xl/workbook.xml").decode()
        assert desk.get(f"/desk/return/return.pdf?of={MONTH}").content.startswith(b"%PDF")
