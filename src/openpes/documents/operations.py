"""Writes of the documents room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotFound, NotPermitted, Refused
from openpes.core.privacy import erase_rows
from openpes.documents.kit import papers
from openpes.documents.models import Cv, CvEntry, CvLink, PaperInHand
from openpes.documents.rules import Entry, link_ends_at, may_save, may_share
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import today


def _require_own(by: Actor, jobseeker: Jobseeker) -> None:
    """A CV is its person's alone: the office helps beside them, on their own page. Raises NotPermitted."""
    if not by.may("jobseeker.edit_own", person_id=jobseeker.person_id):
        raise NotPermitted("jobseeker.edit_own")


def _require(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _log(jobseeker: Jobseeker, verb: str, by: Actor, at: datetime, **detail: object) -> None:
    thing = f"jobseeker:{jobseeker.ref}"
    record_change(by=by, at=at, verb=verb, thing=thing, subject=jobseeker.person.log_key, detail=detail)


@transaction.atomic
def save_cv(
    *, jobseeker: Jobseeker, about: str, shows_phone: bool, entries: Sequence[Entry], by: Actor, at: datetime
) -> Cv:
    """Keep a CV as the person wrote it; the lines replace those before. Raises NotPermitted, Refused."""
    _require_own(by, jobseeker)
    about = about.strip()
    _require(may_save(about=about, entries=entries, this_year=today(at).year))
    held, _made = Cv.objects.update_or_create(
        jobseeker=jobseeker, defaults={"about": about, "shows_phone": shows_phone, "changed_at": at}
    )
    CvEntry.objects.filter(jobseeker=jobseeker).delete()
    CvEntry.objects.bulk_create(
        CvEntry(
            jobseeker=jobseeker,
            position=position,
            kind=one.kind,
            what=one.what.strip(),
            where=one.where.strip(),
            from_year=one.from_year,
            to_year=one.to_year,
            words=one.words.strip(),
        )
        for position, one in enumerate(entries, start=1)
    )
    _log(jobseeker, "cv.save", by, at, lines=len(entries))
    return held


@transaction.atomic
def make_link(
    *, jobseeker: Jobseeker, language: str, second_language: str, days: int, by: Actor, at: datetime
) -> CvLink:
    """A link that shows the CV for some days. Raises NotPermitted, Refused: too many are live."""
    _require_own(by, jobseeker)
    live = CvLink.objects.filter(jobseeker=jobseeker, revoked_at=None, ends_at__gt=at).count()
    _require(may_share(days=days, live_links=live))
    made = CvLink.objects.create(
        jobseeker=jobseeker,
        language=language,
        second_language="" if second_language == language else second_language,
        made_at=at,
        ends_at=link_ends_at(at=at, days=days),
    )
    _log(jobseeker, "cv.share", by, at, link=made.ref, days=days)
    return made


@transaction.atomic
def take_back_link(*, jobseeker: Jobseeker, ref: str, by: Actor, at: datetime) -> CvLink:
    """From now on the link shows nothing. Doing it twice changes nothing. Raises NotFound for anybody else's."""
    _require_own(by, jobseeker)
    link = CvLink.objects.select_for_update().filter(jobseeker=jobseeker, ref=ref).first()
    if link is None:
        raise NotFound("link")
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        _log(jobseeker, "cv.unshare", by, at, link=link.ref)
    return link


def count_view(*, link: CvLink, at: datetime) -> None:
    """Somebody opened the link."""
    CvLink.objects.filter(pk=link.pk).update(views=F("views") + 1, last_viewed_at=at)


@transaction.atomic
def tick_papers(*, jobseeker: Jobseeker, codes: Sequence[str], by: Actor, at: datetime) -> None:
    """These papers of the kit the person has, and no others. What the kit does not know is left out."""
    _require_own(by, jobseeker)
    known = {one.code for one in papers(today(at))}
    chosen = known & set(codes)
    held = set(PaperInHand.objects.filter(jobseeker=jobseeker).values_list("paper", flat=True))
    if held == chosen:
        return
    PaperInHand.objects.filter(jobseeker=jobseeker, paper__in=held - chosen).delete()
    PaperInHand.objects.bulk_create(
        PaperInHand(jobseeker=jobseeker, paper=code, ticked_at=at) for code in sorted(chosen - held)
    )
    _log(jobseeker, "kit.tick", by, at, papers=len(chosen))


def note_letter(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> None:
    """Write down that the person took the letter for papers without a fee. Raises NotPermitted."""
    _require_own(by, jobseeker)
    _log(jobseeker, "kit.letter", by, at)


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return sum(erase_rows(model, person_id) for model in (CvLink, CvEntry, Cv, PaperInHand))
