"""The whole story of a small firm, through the pages, the texts from its own phone, and the links it is sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from openpes.core.clock import now
from openpes.core.tests.test_pictures import jpeg
from openpes.dialogues.operations import hear
from openpes.journeys.clocks import run_due
from openpes.messaging.models import Message
from openpes.organisations.models import Employer, EmployerPaper
from openpes.people.models import Account
from openpes.placements.figures import retained
from openpes.placements.models import CheckAnswer, HireCheck, Outcome
from openpes.referrals.models import Interview, Referral
from openpes.referrals.queries import audit_of
from openpes.vacancies.models import LivenessStep, Vacancy
from openpes.web.employer.tests.browser import standing_in
from openpes.web.employer.tests.test_registering import FIRM
from tests.factories import CEBU, JobseekerFactory, OfficeFactory, account_with

pytestmark = pytest.mark.django_db(databases="__all__")
FIRM_PHONE, HER_PHONE = "+639181234567", "+639170000001"
TYPED = {
    "work_text": ["Waiter"],
    "places": ["2"],
    "pay_amount": ["16000"],
    "description": ["Serve guests, set tables. Meals are free."],
    "weekly_hours": ["48"],
}


class Day:
    """The hour that pages see; time passes only when the story says so, and the clocks run each day."""

    def __init__(self) -> None:
        # Noon in the office's country: no text waits for the end of the quiet hours.
        here = datetime.combine(now().date(), time(12), ZoneInfo("Asia/Manila"))
        self.at = here.astimezone(UTC)

    def now(self) -> datetime:
        """What the doorkeeper is told."""
        return self.at

    def pass_by(self, days: int, *, every: int = 1) -> None:
        """So many days, with the clocks run on each, or on every so many of them."""
        for _day in range(0, days, every):
            self.at += timedelta(days=every)
            run_due(at=self.at)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    """Time in the hand of the test."""
    held = Day()
    monkeypatch.setattr("openpes.web.doorkeeper.now", held.now)
    monkeypatch.setattr("openpes.web.doorkeeper.needs_second_factor", lambda roles: False)
    return held


def text_to(number: str, kind: str) -> str:
    """The latest text of a kind to a number."""
    return Message.objects.filter(number=number, kind=kind).latest("pk").text


def link_in(text: str) -> str:
    """The path of the link that a text holds."""
    return re.search(r"https?://\S+", text).group(0).removeprefix(settings.BASE_URL)


def texts(number: str, words: str, at: datetime) -> str:
    """Somebody texts; what is answered."""
    return " | ".join(one.text for one in hear(channel="sms", address=number, text=words, at=at))


def test_an_employer_from_the_first_visit_to_the_next_year(day: Day, signed_in) -> None:
    """All twelve steps: registered, verified, posted, checked, introduced, answered, met, hired, asked, copied."""
    office = OfficeFactory(area_code=CEBU)
    adviser = signed_in(account_with("employer_adviser", office=office, name="Liza Tan"))
    desk = signed_in(account_with("counsellor", office=office, name="Ben Cruz"))
    jobseeker = JobseekerFactory(office=office, person__phone=HER_PHONE, person__name_as_given="Liza Cruz")

    # 1, 2: the owner registers on a phone, proves the number, and keeps a photo of the permit once.
    owner = Client()
    assert owner.post(reverse("employer:register"), {**FIRM, "registration_number": "DTI 7"}).status_code == 302
    firm = Employer.objects.get()
    owner = signed_in(Account.objects.get(username="ana@kusina.example"))
    owner.post(reverse("employer:phone"))
    code = re.search(r"\d{6}", text_to(FIRM_PHONE, "phone_code")).group(0)
    assert owner.post(reverse("employer:phone"), {"act": "prove", "code": code}).status_code == 302
    photo = BytesIO(jpeg())
    photo.name = "permit.jpg"
    assert owner.post(reverse("employer:papers"), {"kind": "permit", "file": photo}).status_code == 302
    firm.refresh_from_db()
    assert firm.phone_proven_at is not None and EmployerPaper.objects.filter(employer=firm).count() == 1

    # 3: a named officer verifies it, and the firm is told.
    page = reverse("counsellor:employer", args=[firm.ref])
    assert adviser.post(page, {"to": "verified", "note": "Seen"}).status_code == 302
    firm.refresh_from_db()
    assert firm.decided_by.name == "Liza Tan" and text_to(FIRM_PHONE, "employer_verified")

    # 4, 5: the job in the owner's own words; what is unlawful is said before it is sent, and who looks near here.
    form = standing_in(owner.get(reverse("employer:post")).content.decode(), "work_text") | TYPED
    wrong = {**form, "description": ["Only female. Bring 500 pesos placement fee."], "step": ["job"]}
    said = owner.post(reverse("employer:post"), wrong).content.decode()
    assert "may not choose people by sex" in said and "nobody may be asked for money" in said
    second = standing_in(owner.post(reverse("employer:post"), {**form, "step": ["job"]}).content.decode(), "work_text")
    assert owner.post(reverse("employer:post"), {**second, "step": ["send"]}).status_code == 302
    waiter = Vacancy.objects.get()
    public = reverse("web:job", args=[waiter.ref])
    assert Client().get(public).status_code == 404, "a second pair of eyes comes first"
    # And one more from the phone alone.
    assert "Cook" in texts(FIRM_PHONE, "VAC COOK 2 16000 CEBU", day.at)
    assert "Sent" in texts(FIRM_PHONE, "YES", day.at)
    for one in Vacancy.objects.all():
        told = {"act": "approve", "judged_safe": "on", "note": ""}
        assert adviser.post(reverse("counsellor:vacancy", args=[one.ref]), told).status_code == 302
    assert Client().get(public).status_code == 200 and text_to(FIRM_PHONE, "vacancy_live")

    # 6: few people, with the reason and the counsellor's note; the firm is texted a link and how to text back.
    refer = reverse("counsellor:match", args=[jobseeker.ref])
    sent = {"vacancies": [waiter.ref], "note": "She helped in her aunt's shop.", "agreed": "on"}
    assert desk.post(refer, sent).status_code == 302
    referral = Referral.objects.get()
    introduced = text_to(FIRM_PHONE, "introduced")
    assert referral.ref in introduced and "Liza" not in introduced
    shown = Client().get(link_in(introduced)).content.decode()
    assert "Liza Cruz" in shown and "She helped in her aunt&#x27;s shop." in shown and "2007" not in shown

    # 7: silence is reminded; then one tap by text is an answer with its channel.
    day.pass_by(6)
    referral.refresh_from_db()
    assert referral.reminded_at is not None and text_to(FIRM_PHONE, "employer_reminder")
    assert referral.ref in texts(FIRM_PHONE, f"{referral.ref} 1", day.at)

    # 8: the owner offers times by link, she picks one by link, both are reminded, both say who came.
    times, on = link_in(introduced) + "times/", day.at + timedelta(days=3)
    offer = {"place": "Colon Street", "day_1_day": on.day, "day_1_month": on.month, "day_1_year": on.year}
    assert Client().post(times, {**offer, "time_1": "14:30"}).status_code == 302
    hers = link_in(text_to(HER_PHONE, "interview_offered"))
    assert Client().post(hers, {"slot": Interview.objects.get().slots[0]}).status_code == 302
    day.pass_by(2)
    kinds = Message.objects.filter(kind="interview_booked")
    assert {number: kinds.filter(number=number).count() for number in (FIRM_PHONE, HER_PHONE)} == {
        FIRM_PHONE: 2,
        HER_PHONE: 2,
    }
    day.pass_by(2)
    assert Client().post(times, {"came": "both"}).status_code == 302
    assert Client().post(hers, {"came": "both"}).status_code == 302
    met = Interview.objects.get()
    assert (met.said_by_employer, met.said_by_person) == ("both", "both")

    # 9: hired, with the first day and the contract.
    on = day.at + timedelta(days=1)
    hire = {"answer": "hired", "contract_type": "fixed_term"}
    hire |= {"starts_on_day": on.day, "starts_on_month": on.month, "starts_on_year": on.year}
    assert Client().post(link_in(introduced), hire).status_code == 302
    placed = Outcome.objects.get()
    waiter.refresh_from_db(), firm.refresh_from_db(), referral.refresh_from_db()
    assert (placed.contract_type, placed.grade, waiter.places_left) == ("fixed_term", "said_by_employer", 1)
    assert (firm.introductions, firm.answers) == (1, 1) and audit_of(referral).sound

    # 10: still open, how many left? Once by link, once by a text of a few letters.
    day.pass_by(15)
    asked = Message.objects.filter(kind="still_open", number=FIRM_PHONE)
    assert asked.filter(text__contains=waiter.ref).exists()
    assert Client().post(link_in(asked.filter(text__contains="Waiter").latest("pk").text), {"places_left": 1}).url
    cook = Vacancy.objects.get(title="Cook")
    assert cook.ref in texts(FIRM_PHONE, f"{cook.ref.lower()} 2", day.at)
    waiter.refresh_from_db(), cook.refresh_from_db()
    assert waiter.last_confirmed_at == cook.last_confirmed_at == day.at
    ways = LivenessStep.objects.filter(kind="confirmed", at=day.at).values_list("vacancy__title", "channel")
    assert set(ways) == {("Waiter", "link"), ("Cook", "sms")}

    # 11: the first day and day 90 are asked of both; both answer by their links.
    day.pass_by(80, every=8)
    for check in HireCheck.objects.filter(day=90):
        assert check.state == "asked"
    for number, kind in ((FIRM_PHONE, "check_employer"), (HER_PHONE, "check_worker")):
        assert Client().post(link_in(text_to(number, kind)), {"tap": "yes"}).status_code == 302
    assert CheckAnswer.objects.filter(check_asked__day=90, works_there=True).count() == 2
    kept = retained(day=90, due_from=placed.starts_on, due_before=(day.at + timedelta(days=1)).date())
    assert (kept.due, kept.by_both) == (1, 1)

    # 12: a year later last year's advert is copied; nothing has to be typed again.
    day.pass_by(60, every=10)
    cook.refresh_from_db()
    assert cook.state == "closed" and cook.close_reason == "silent", "nobody spoke for it"
    owner = signed_in(Account.objects.get(username="ana@kusina.example"))
    copied = owner.get(f"{reverse('employer:post')}?copy={waiter.ref}").content.decode()
    assert standing_in(copied, "work_text")["work_text"] == ["Waiter"]
    assert standing_in(copied, "work_text")["description"] == TYPED["description"]


def test_a_no_by_text_needs_the_firms_own_reason(day: Day) -> None:
    """A bare 3 asks why and changes nothing; a reason off the list helps; nobody answers for another firm."""
    from tests.factories import ReferralFactory

    referral = ReferralFactory(vacancy__employer__contact_phone=FIRM_PHONE, sent_at=day.at)
    asked = texts(FIRM_PHONE, f"{referral.ref} 3", day.at)
    assert "1 Some skills are missing" in asked and "9 Papers were missing" in asked
    for wrong in ("3 77", "8", "2 1"):
        texts(FIRM_PHONE, f"{referral.ref} {wrong}", day.at)
    texts("+639170009999", f"{referral.ref} 3 1", day.at)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert referral.ref in texts(FIRM_PHONE, f"{referral.ref} 5", day.at)
    referral.refresh_from_db()
    assert referral.state == "deciding"
    texts(FIRM_PHONE, f"{referral.ref} 3 9", day.at)
    referral.refresh_from_db()
    assert (referral.ending, referral.ending_reason) == ("not_hired", "documents_missing")


def test_a_job_is_said_filled_by_text_by_its_own_firm_only(day: Day) -> None:
    """Nothing left ends it, and everybody who waits is told the same minute."""
    from tests.factories import ReferralFactory

    referral = ReferralFactory(vacancy__employer__contact_phone=FIRM_PHONE, jobseeker__person__phone=HER_PHONE)
    vacancy = referral.vacancy
    other = ReferralFactory(vacancy__employer__contact_phone="+639189990000").vacancy
    texts(FIRM_PHONE, f"{other.ref} 0", day.at)
    texts("+639170009999", f"{vacancy.ref} 0", day.at)
    vacancy.refresh_from_db(), other.refresh_from_db()
    assert vacancy.state == other.state == "live"
    assert vacancy.ref in texts(FIRM_PHONE, f"{vacancy.ref} 0", day.at)
    vacancy.refresh_from_db(), referral.refresh_from_db()
    assert (vacancy.state, vacancy.close_reason, referral.ending) == ("closed", "filled", "filled")
    assert text_to(HER_PHONE, "answer_filled")


@pytest.mark.parametrize("ended", [False, True])
def test_a_take_down_tells_everybody_who_ever_applied(day: Day, ended: bool) -> None:
    """Whose introduction ended before may have been asked for money as well."""
    from openpes.journeys.still_open import take_down
    from tests.factories import ReferralFactory, actor_with

    past = {"state": "ended", "ending": "not_hired", "ended_at": day.at} if ended else {}
    referral = ReferralFactory(jobseeker__person__phone=HER_PHONE, **past)
    officer = actor_with("counsellor", scope_id=referral.vacancy.office_id)
    take_down(vacancy=referral.vacancy, note="It asked for money.", by=officer, at=day.at)
    told = Message.objects.filter(number=HER_PHONE)
    assert [one.kind for one in told] == ["advert_removed"]
