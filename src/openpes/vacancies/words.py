"""Words of the vacancies room that people read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openpes.core.money import PayPeriod
from openpes.vacancies.states import CloseReason, ContractType, VacancyState

STATE = {
    VacancyState.DRAFT: _("Not finished"),
    VacancyState.SUBMITTED: _("Waiting for the office"),
    VacancyState.LIVE: _("Public"),
    VacancyState.PAUSED: _("Paused"),
    VacancyState.REFUSED: _("Sent back"),
    VacancyState.CLOSED: _("Closed"),
}
CLOSE_REASON = {
    CloseReason.FILLED: _("All places are filled"),
    CloseReason.WITHDRAWN: _("Withdrawn"),
    CloseReason.EXPIRED: _("The closing day has passed"),
    CloseReason.SILENT: _("Nobody said that it is still open"),
    CloseReason.REMOVED: _("Taken down by the office"),
}
CONTRACT_TYPE = {
    ContractType.OPEN_ENDED: _("Regular job, no end date"),
    ContractType.FIXED_TERM: _("Job for a fixed time"),
    ContractType.CASUAL: _("Day work or seasonal work"),
    ContractType.APPRENTICESHIP: _("Apprenticeship"),
    ContractType.INTERNSHIP: _("Internship"),
}
PAY_PERIOD = {
    PayPeriod.HOUR: _("an hour"),
    PayPeriod.DAY: _("a day"),
    PayPeriod.WEEK: _("a week"),
    PayPeriod.MONTH: _("a month"),
}
PER = {"hour": _("hour"), "day": _("day"), "week": _("week"), "month": _("month")}
GROUND = {
    "sex": _("sex"),
    "age": _("age"),
    "religion": _("religion"),
    "ethnicity": _("ethnicity"),
    "marital_status": _("marriage or family"),
    "appearance": _("looks"),
    "height": _("height or weight"),
    "disability": _("disability"),
    "photo": _("a photo"),
    "pregnancy": _("pregnancy"),
    "origin": _("where people come from"),
    "opinion": _("union, party or opinion"),
    "orientation": _("whom they love or who they are"),
}
FINDING = {
    "missing_title": _("Write what the job is called."),
    "missing_isco": _("Choose the kind of work from the list."),
    "missing_area_code": _("Choose where the work is."),
    "missing_places": _("Write how many people you need."),
    "places_impossible": _("Write a number of places from 1 to %(most)s."),
    "missing_pay": _("Adverts with pay get more and better answers. Write the pay if you can."),
    "pay_impossible": _("The pay must be more than nothing."),
    "missing_description": _("A few words about the work help people to decide."),
    "asks_for_money": _("“%(words)s”: nobody may be asked for money to get a job. Take it out."),
    "ground_forbidden": _(
        "“%(words)s”: an advert may not choose people by %(ground)s. Say what the work needs instead."
    ),
    "ground_needs_reason": _(
        "“%(words)s”: choosing people by %(ground)s needs a real reason of the job. The office will ask you for it."
    ),
    "ground_forbidden_unless": _(
        "“%(words)s”: an advert may not choose people by %(ground)s. The law lists an exception: %(exceptions)s. "
        "Take the words out, or claim the exception and say why; two officers then decide."
    ),
    "ground_exception_claimed": _(
        "“%(words)s”: the employer claims a lawful exception for %(ground)s. Two officers decide about it."
    ),
    "exception_not_listed": _("The law lists no exception for %(ground)s. Take the claim out."),
    "exception_basis_missing": _("Choose which exception of the law you claim for %(ground)s."),
    "exception_reason_missing": _("Write why this job needs the exception for %(ground)s."),
    "missing_abroad_contract": _("Write which contract the person gets for the work abroad."),
    "missing_abroad_costs": _("Write who pays what: journey, visa, papers, bed and meals."),
    "abroad_without_licence": _(
        "Work abroad may be offered only with a valid licence for it, and the register does not show one for you."
    ),
    "abroad_licence_unknown": _(
        "Work abroad needs a licence. The office will check yours before the advert becomes public."
    ),
    "pay_below_minimum": _("The pay is below the minimum wage of %(amount)s %(currency)s a %(per)s (%(scope)s)."),
    "pay_to_be_checked": _("The office will check the pay: more than one minimum wage may apply here."),
    "hours_impossible": _("Write the hours in a week, from 1 to 168."),
    "hours_over_limit": _("More than %(limit)s hours a week is over the normal limit. The office will ask about it."),
    "adults_only": _("This work can be dangerous. It is for people of %(age)s or older only."),
    "signal_words": _("“%(words)s”: the office looks closely at adverts that say this."),
    "signal_pay": _("The pay is more than %(times)s times what such jobs usually pay here. The office will ask."),
    "signal_new_firm": _("%(number)s places from a new firm: the office will ask."),
    "signal_no_address": _("Write the address of the workplace: people trust an advert that says where the work is."),
    "signals_held": _("The office looks closely at this advert before it is public."),
    "hazard_to_be_judged": _("This work may be dangerous for people under %(age)s. The office will look at it first."),
}
REASON = {
    "employer_not_verified": _("The employer has to be checked first."),
    "approver_must_be_named": _("Only an officer with an own account can approve."),
    "second_pair_of_eyes": _("Somebody else has to approve what you wrote yourself."),
    "exception_needs_reason": _("Write why the job needs this, and which rule allows it."),
    "second_officer_needed": _("Another officer than the one who agreed first has to agree too."),
    "note_needed": _("Write the reason in a few words: the employer will be told."),
    "vacancy_move": _("A vacancy cannot go from “%(from)s” to “%(to)s”."),
    "external_id_needed": _("Each row needs a key of its own, of at most 80 letters and digits."),
    "key_twice": _("This key stands in row %(row)s already."),
    "closed_already": _("This vacancy is closed. Give a new one a new key."),
    "title_unknown": _("No kind of work is called “%(said)s”. Write it in other words."),
    "area_unknown": _("No area is called “%(said)s”."),
    "number_unread": _("“%(said)s” is no number."),
    "date_unread": _("“%(said)s” is no date. Write it as 2027-03-14."),
    "word_unknown": _("“%(said)s” is not known here. Write one of: %(known)s."),
    "feed_https": _("The address must begin with https://."),
    "unknown_offer": _("There is nothing called %(code)s to offer. Choose from the list."),
    "not_open_now": _("This job is not public now, so it cannot be confirmed."),
    "no_place_left": _("No place is left in this vacancy."),
    "unknown_occupation": _("There is no occupation with the code %(code)s. Choose one from the list."),
    "unknown_skill": _("There is no skill called %(code)s. Choose one from the list."),
    "unknown_licence": _("There is no licence called %(code)s. Choose one from the list."),
}

LIST_PAUSED = _(
    "Your list of jobs is not read now, because the person who set it up has left your firm. Set it up again."
)
OFFER = {
    "childcare": _("Childcare"),
    "safe_transport": _("Safe transport home"),
    "before_dark": _("Work ends before dark"),
    "separate_toilets": _("Separate toilets for women and men"),
}
SIGNAL = {
    "money_asked": _("It asks for money."),
    "papers_kept": _("It wants to keep passports or cards."),
    "messenger_only": _("It can be reached only by a messenger."),
    "travel_paid": _("It promises free travel or visas."),
    "easy_money": _("It promises easy money."),
    "hurry": _("It promises a lot, asks for little and hurries people."),
    "known_fraud": _("It looks like a known fraud: paid clicks, chats or bets, often in another country."),
    "account_wanted": _("It wants the use of a bank account, a card or a picture of papers."),
    "passed_on": _("It wants money or parcels of strangers to be passed on."),
    "own_money": _("It wants people to put in money, or to bring others in."),
    "trapped": _("It tells people to lie or to keep silent, or keeps them from going out."),
    "cover": _("It may be a cover for exploitation."),
}
# Which checks of an advert (their codes) are published under which of the words above; fees: "money_asked".
SIGNAL_OF_CHECK = {
    "papers_kept": "papers_kept",
    **dict.fromkeys(("messenger", "messenger_with_bait", "borrowed_name"), "messenger_only"),
    **dict.fromkeys(("travel_paid", "tourist_visa"), "travel_paid"),
    **dict.fromkeys(("earn_by_day", "easy_money", "from_home", "big_pay"), "easy_money"),
    **dict.fromkeys(("no_skill", "no_interview", "hurry", "sure_thing"), "hurry"),
    **dict.fromkeys(
        ("paid_tasks", "known_place", "abroad", "chat_job", "chat_job_abroad", "gambling", "crypto"), "known_fraud"
    ),
    **dict.fromkeys(("account_wanted", "id_picture"), "account_wanted"),
    **dict.fromkeys(("money_passed_on", "parcels_passed_on"), "passed_on"),
    **dict.fromkeys(("top_up", "investment", "recruiting"), "own_money"),
    **dict.fromkeys(("secret", "confined"), "trapped"),
    **dict.fromkeys(("adult", "adult_lured"), "cover"),
}


def words_of(code: str, facts: dict[str, Any], text: str = "") -> str:
    """A finding or reason in the reader's language; the law's own English sentence when there are no words for it."""
    sentence = FINDING.get(code) or REASON.get(code)
    if sentence is None:
        return text or code
    words = {"ground": GROUND, "per": PER}
    shown = {name: str(words[name].get(value, value)) if name in words else value for name, value in facts.items()}
    return str(sentence) % shown
