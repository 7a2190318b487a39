"""What an employer adviser finds: an invented business register, papers, visits, adverts twice, a paused firm.

Only the first office is filled, so that it costs nothing; every paper says that it is a specimen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from openpes.core import files
from openpes.core.actors import Actor
from openpes.core.ids import new_ref
from openpes.demo.chance import stream
from openpes.demo.nation import Nation
from openpes.organisations.business_register import number_key
from openpes.organisations.models import (
    Business,
    BusinessList,
    Employer,
    EmployerContact,
    EmployerEvent,
    EmployerPaper,
)
from openpes.organisations.states import BusinessStatus, ContactKind, EmployerState, PaperKind
from openpes.people.names import match_key
from openpes.vacancies.models import AdvertPair, Vacancy, VacancyMove
from openpes.vacancies.states import PairState, Pause, VacancyState

MOST_LISTED, MET, WITH_PAPERS = 3_000, 400, 12
TWICE, DOUBTFUL, HELD = 6, 2, 2
ANOTHER = "another portal (invented)"
WORDS = (
    "They look for two more people before the season.",
    "Nobody picks up in the morning; call after three.",
    "They want to take trainees from the school nearby.",
    "The list of five was good; they met three of them.",
    "They were late with answers because the owner was ill.",
)


def write_firm_desk(*, nation: Nation, office_id: int, by: Actor, at: datetime) -> None:
    """Everything, once, the same for the same seed."""
    firms = list(Employer.objects.filter(synthetic=True).order_by("pk")[:MOST_LISTED])
    here = [firm for firm in firms if firm.office_id == office_id]
    _register(nation, firms, here, by, at)
    _papers(nation, here, by, at)
    _contacts(nation, here, by, at)
    _twice(nation, here, office_id, by, at)
    _paused(here or firms, by, at)


def _register(nation: Nation, firms: Sequence[Employer], here: Sequence[Employer], by: Actor, at: datetime) -> None:
    """Most firms stand on the register; of those that wait, one is near, one struck off, one under another name."""
    waiting = [firm.pk for firm in here if firm.state == EmployerState.SUBMITTED]
    odd = dict(zip(waiting[1:], ("near", "struck", "other", "missing"), strict=False))
    rows = []
    for position, firm in enumerate(firms):
        rng = stream(nation.seed, "business", position)
        kind = odd.get(firm.pk, "missing" if rng.random() < 0.05 else "match")
        if kind == "missing":
            continue
        name = {"near": f"{firm.name} Corporation", "other": "Seven Hills Trading (invented)"}.get(kind, firm.name)
        rows.append(
            Business(
                name=name[:200],
                name_key=match_key(name)[:200],
                number=firm.registration_number,
                number_key=number_key(firm.registration_number),
                status=BusinessStatus.STRUCK_OFF if kind == "struck" else BusinessStatus.ACTIVE,
                registered_on=(at - timedelta(days=rng.randint(400, 7000))).date(),
                synthetic=True,
            )
        )
    BusinessList.objects.create(
        as_of=nation.clock.today - timedelta(days=20),
        source="the demonstration (invented)",
        sha256=f"demo-{nation.seed}",
        rows=len(rows),
        loaded_at=at,
        loaded_by=by.log_key,
    )
    Business.objects.bulk_create(rows, batch_size=1000)


def _specimen(title: str) -> bytes:
    """A page of PDF that says what it is: a specimen, invented."""
    text = f"BT /F1 20 Tf 60 760 Td (SPECIMEN, INVENTED) Tj 0 -32 Td /F1 13 Tf ({title}) Tj ET".encode("ascii")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    begins = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, begins)


def _papers(nation: Nation, here: Sequence[Employer], by: Actor, at: datetime) -> None:
    first = [firm for firm in here if firm.state == EmployerState.SUBMITTED][:4]
    rows = []
    for position, firm in enumerate([*first, *here[:WITH_PAPERS]]):
        # One that runs on, one that ends soon, one that is over.
        ends = nation.clock.today + timedelta(days=(400, 14, -20)[position % 3])
        for kind, until in ((PaperKind.REGISTRATION, None), (PaperKind.PERMIT, ends)):
            stored = files.store(
                content=_specimen(f"{kind.value} {firm.registration_number}"),
                name="specimen.pdf",
                media_type="application/pdf",
                by=by,
                at=at,
            )
            rows.append(
                EmployerPaper(employer=firm, kind=kind, file=stored, expires_on=until, kept_at=at, kept_by=by.log_key)
            )
    EmployerPaper.objects.bulk_create(rows)


def _contacts(nation: Nation, here: Sequence[Employer], by: Actor, at: datetime) -> None:
    rows = []
    for position, firm in enumerate(one for one in here[:MET] if one.state == EmployerState.VERIFIED):
        rng = stream(nation.seed, "met", position)
        if rng.random() < 0.08:
            continue
        days = rng.randint(3, 200)
        rows.append(
            EmployerContact(
                employer=firm,
                kind=ContactKind.VISIT if rng.random() < 0.4 else ContactKind.CALL,
                happened_on=nation.clock.today - timedelta(days=days),
                words=rng.choice(WORDS),
                next_on=nation.clock.today + timedelta(days=rng.randint(1, 20)) if rng.random() < 0.3 else None,
                written_at=at - timedelta(days=days),
                actor=by.log_key,
                label="Employer adviser",
            )
        )
    EmployerContact.objects.bulk_create(rows)


def _twice(nation: Nation, here: Sequence[Employer], office_id: int, by: Actor, at: datetime) -> None:
    """Copies of live adverts by other firms: sure ones are shown as one, doubtful ones wait; two are held."""
    others = [firm for firm in here if firm.state == EmployerState.VERIFIED]
    live = Vacancy.objects.filter(
        office=office_id,
        state=VacancyState.LIVE,
        places_left__gte=1,
        employer__state=EmployerState.VERIFIED,
        synthetic=True,
    ).exclude(description="")
    chosen = list(live.order_by("pk")[: TWICE + DOUBTFUL + HELD])
    for position, first in enumerate(chosen):
        other = next((firm for firm in others if firm.pk != first.employer_id), None)
        if other is None:
            return
        others = [*others[1:], others[0]]
        _copy(first, other, position, new_ref(stream(nation.seed, "twice", position)), by, at)


def _copy(first: Vacancy, other: Employer, position: int, ref: str, by: Actor, at: datetime) -> None:
    is_held, is_doubtful = position >= TWICE + DOUBTFUL, TWICE <= position < TWICE + DOUBTFUL
    copy = Vacancy.objects.get(pk=first.pk)
    copy.pk, copy.ref, copy.employer_id, copy.external_id = None, ref, other.pk, ""
    copy.source, copy.places = ANOTHER, copy.places_left
    if is_held:
        copy.state, copy.paused_because, copy.source = VacancyState.PAUSED, Pause.HELD, ""
        copy.findings = [{"code": "signals_held", "field": "", "weight": "asks", "facts": {}, "text": "", "source": ""}]
    elif is_doubtful:
        # Two adverts side by side; whether they are one job, a person says.
        copy.description = f"{copy.description} Apply in person."
    else:
        copy.same_as_id = first.pk
    copy.save()
    VacancyMove.objects.create(
        vacancy=copy, state=copy.state, places_left=copy.places_left, at=copy.live_since or at, actor=by.log_key
    )
    if not is_held:
        AdvertPair.objects.create(
            first=first,
            second=copy,
            likeness=0.66 if is_doubtful else 0.93,
            state=PairState.DOUBTFUL if is_doubtful else PairState.SAME,
            found_at=at,
        )


def _paused(firms: Sequence[Employer], by: Actor, at: datetime) -> None:
    """A firm that was suspended is shown as one that silence paused; its adverts were not public before either."""
    firm = next((one for one in firms if one.state == EmployerState.SUSPENDED), None)
    firm = firm or next((one for one in firms if one.state == EmployerState.REFUSED), None)
    if firm is None:
        return
    firm.state, firm.silent_in_a_row, firm.paused_at = EmployerState.PAUSED, 3, at - timedelta(days=2)
    firm.decision_note = ""
    firm.save()
    EmployerEvent.objects.create(
        employer=firm,
        state=firm.state,
        at=at - timedelta(days=2),
        actor=by.log_key,
        label=by.label,
        words="3 introductions in a row without any answer",
    )
