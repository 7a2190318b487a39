"""Handing stories to the rooms: each batch of people with all that hangs on them, in river order."""

from __future__ import annotations

from datetime import datetime, timedelta

from openpes.core.actors import Actor
from openpes.demo.histories import Introduction, Story
from openpes.demo.introductions import as_events
from openpes.demo.nation import Nation
from openpes.demo.office_day import OFFICES_SHOWN
from openpes.jobseekers.seeding import SyntheticJobseeker, write_jobseekers
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.refer_jobseeker import short_date
from openpes.messaging.seeding import SyntheticMessage, write_messages
from openpes.people.seeding import write_people
from openpes.placements.seeding import SyntheticOutcome, write_outcomes
from openpes.referrals.rules import counts_as_answer
from openpes.referrals.seeding import SyntheticReferral, write_referrals
from openpes.referrals.states import Ending, EventKind

MESSAGES_OF_LAST_DAYS = 14
MOST_MESSAGES = 400
MOST_OF_A_COUNSELLOR = 40


class StoryWriter:
    """Writes batches of stories and keeps the counts that follow from them."""

    def __init__(
        self,
        nation: Nation,
        by: Actor,
        office_ids: list[int],
        office_names: list[str],
        employer_ids: list[int],
        officer_keys: dict[int, str],
    ) -> None:
        self._nation, self._by = nation, by
        self._office_ids, self._employer_ids, self._officer_keys = office_ids, employer_ids, officer_keys
        self._office_names = office_names
        self.referrals = self.placements = self.outcomes = self.messages = 0
        # Keys of (referral, jobseeker, vacancy) of what is still open.
        self.running: list[tuple[int, int, int]] = []
        self.answer_counts: dict[int, tuple[int, int]] = {}
        # Whom each counsellor serves and who looks for work: (key of the registration, position of the office).
        self.caseloads: dict[int, list[tuple[int, int]]] = {}

    def write(self, stories: list[Story]) -> list[int]:
        """Write a batch in the caller's transaction; returns the keys of its people in the order given."""
        at, by = self._nation.clock.at, self._by
        person_ids = write_people(rows=[story.registration.person for story in stories], by=by, at=at)
        jobseeker_ids = write_jobseekers(
            by=by, at=at, rows=[self._jobseeker(story, key) for story, key in zip(stories, person_ids, strict=True)]
        )
        for story, jobseeker in zip(stories, jobseeker_ids, strict=True):
            self._note_caseload(story, jobseeker)
        sent = [
            (story, jobseeker, one)
            for story, jobseeker in zip(stories, jobseeker_ids, strict=True)
            for one in story.introductions
        ]
        keys = write_referrals(rows=[self._referral(*one) for one in sent], by=by, at=at)
        referral_ids = {one.ref: key for (_story, _jobseeker, one), key in zip(sent, keys, strict=True)}
        outcomes = [
            row
            for story, jobseeker in zip(stories, jobseeker_ids, strict=True)
            for row in self._outcomes(story, jobseeker, referral_ids)
        ]
        write_outcomes(rows=outcomes, by=by, at=at)
        self._texts(stories, person_ids)
        self.running += [
            (key, jobseeker, one.opening.key)
            for key, (_story, jobseeker, one) in zip(keys, sent, strict=True)
            if one.now.ending is None
        ]
        self.referrals += len(keys)
        self.outcomes += len(outcomes)
        self.placements += sum(row.referral_id is not None for row in outcomes)
        return person_ids

    def _note_caseload(self, story: Story, jobseeker_id: int) -> None:
        """Remember a few people of the counsellors of the first offices, for a day at the office."""
        one = story.registration
        if one.counsellor is None or one.office >= OFFICES_SHOWN or one.state != JobseekerState.ACTIVE:
            return
        held = self.caseloads.setdefault(one.counsellor[0], [])
        if len(held) < MOST_OF_A_COUNSELLOR:
            held.append((jobseeker_id, one.office))

    def _jobseeker(self, story: Story, person_id: int) -> SyntheticJobseeker:
        one = story.registration
        return SyntheticJobseeker(
            ref=one.ref,
            person_id=person_id,
            office_id=self._office_ids[one.office],
            counsellor_id=one.counsellor[0] if one.counsellor else None,
            state=one.state,
            channel=one.channel,
            registered_at=one.registered_at,
            last_confirmed_at=one.last_confirmed_at,
            left_at=story.left_at,
            moves=story.moves,
            profile=one.profile,
        )

    def _referral(self, story: Story, jobseeker_id: int, one: Introduction) -> SyntheticReferral:
        registration, now, firm = story.registration, one.now, one.opening.firm
        office_id = self._office_ids[registration.office]
        officer = self._officer_keys[office_id]
        sender_id, sender = registration.sender or (None, officer)
        self._count(one)
        return SyntheticReferral(
            ref=one.ref,
            jobseeker_id=jobseeker_id,
            vacancy_id=one.opening.key,
            office_id=office_id,
            made_by_id=None if one.by_person else sender_id,
            made_by_jobseeker=one.by_person,
            state=now.state,
            sent_at=now.steps[0].at,
            answer_due_at=now.due_at,
            extended=now.extended,
            reminded_at=now.reminded_at,
            task_raised_at=now.task_raised_at,
            first_answer_at=now.first_answer_at,
            ended_at=now.ended_at,
            ending=now.ending,
            ending_reason=now.reason,
            events=as_events(
                now.steps,
                ref=one.ref,
                officer=officer,
                sender=registration.person.log_key if one.by_person else sender,
                employer=firm.staff_log_key if firm.has_account else "",
            ),
        )

    def _count(self, one: Introduction) -> None:
        """Keep the counts behind the answer rate, as the ending of a referral does."""
        counted = counts_as_answer(one.now.ending) if one.now.ending is not None else None
        if counted is not None:
            key = self._employer_ids[one.opening.firm.position]
            ended, answered = self.answer_counts.get(key, (0, 0))
            self.answer_counts[key] = ended + 1, answered + counted

    def _outcomes(self, story: Story, jobseeker_id: int, referral_ids: dict[str, int]) -> list[SyntheticOutcome]:
        rows = []
        for result in story.results:
            behind = None if result.introduction is None else story.introductions[result.introduction]
            rows.append(
                SyntheticOutcome(
                    ref=result.ref,
                    jobseeker_id=jobseeker_id,
                    office_id=self._office_ids[story.registration.office],
                    kind=result.kind,
                    starts_on=result.starts_on,
                    evidence=result.evidence,
                    referral_id=referral_ids[behind.ref] if behind else None,
                    vacancy_id=behind.opening.key if behind else None,
                    employer_id=self._employer_ids[behind.opening.firm.position] if behind else None,
                )
            )
        return rows

    def _texts(self, stories: list[Story], person_ids: list[int]) -> None:
        """The texts of the last days about introductions, as many as the screen of a demonstration can bear."""
        if self.messages >= MOST_MESSAGES:
            return
        since = self._nation.clock.at - timedelta(days=MESSAGES_OF_LAST_DAYS)
        rows: list[SyntheticMessage] = []
        for story, person_id in zip(stories, person_ids, strict=True):
            person = story.registration.person
            if not person.phone:
                continue
            for one in story.introductions:
                rows += self._texts_about(one, story, person_id, since)
        rows = rows[: MOST_MESSAGES - self.messages]
        if rows:
            self.messages += write_messages(rows=rows, by=self._by, at=self._nation.clock.at)

    def _texts_about(self, one: Introduction, story: Story, person_id: int, since: datetime) -> list[SyntheticMessage]:
        """The texts about one introduction since an instant."""
        person, rows = story.registration.person, []
        for step in one.now.steps:
            kind = _text_kind(step.kind, step.answer.value if step.answer else "", step.ending)
            if step.at >= since and kind:
                facts = {
                    "ref": one.ref,
                    "office": self._office_names[story.registration.office],
                    "date": short_date(one.now.due_at),
                }
                office_id = self._office_ids[story.registration.office]
                rows.append(SyntheticMessage(person_id, person.phone, kind, person.language, facts, step.at, office_id))
        return rows


def _text_kind(kind: EventKind, answer: str, ending: Ending | None) -> str:
    """Which text goes with a step; "" where the person gets none."""
    if kind == EventKind.SENT:
        return "referred"
    if answer or ending is not None:
        return f"answer_{answer or ending}"
    return ""
