"""What people read about programmes: kinds, states, rules of places, questions and reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.programmes.states import ApplicationState, PlaceRule, ProgrammeKind

KIND = {
    ProgrammeKind.TRAINING: _("Training"),
    ProgrammeKind.APPRENTICESHIP: _("Apprenticeship"),
    ProgrammeKind.INTERNSHIP: _("Internship"),
    ProgrammeKind.WAGE_SUBSIDY: _("Help with wages"),
    ProgrammeKind.PUBLIC_WORKS: _("Public works"),
    ProgrammeKind.FIRST_JOB: _("First job"),
    ProgrammeKind.ENTREPRENEURSHIP: _("Own business"),
    ProgrammeKind.OTHER: _("Other help"),
}
STATE = {
    ApplicationState.DRAFT: _("Not sent yet"),
    ApplicationState.SUBMITTED: _("Being checked"),
    ApplicationState.WAITING: _("Waiting for a place"),
    ApplicationState.OFFERED: _("A place is offered"),
    ApplicationState.ACCEPTED: _("You have a place"),
    ApplicationState.DECLINED: _("You said no"),
    ApplicationState.LAPSED: _("The time to answer is over"),
    ApplicationState.WITHDRAWN: _("Taken back"),
    ApplicationState.CLOSED: _("Ended"),
}
PLACES_GO = {
    PlaceRule.FIRST_COME: _("Places go to those who apply first."),
    PlaceRule.PRIORITY: _("Places go by published points."),
    PlaceRule.LOTTERY: _("Places are drawn by lot. Anybody can repeat the draw."),
}
QUESTION = {
    "age": _("Your age in years"),
    "experience_months": _("Months of work you have done"),
    "employed": _("Do you have work now?"),
    "unemployed": _("Are you without work?"),
    "in_education": _("Are you at school or university?"),
    "in_training": _("Are you in a training course?"),
    "out_of_school_youth": _("Are you young and out of school?"),
    "student": _("Are you a student?"),
    "poor_household": _("Is your household poor?"),
    "rural": _("Do you live in the countryside?"),
    "citizen": _("Are you a citizen of this country?"),
    "employed_days_in_year": _("Days you worked in the past year"),
    "graduated_months_ago": _("Months since you finished school or university"),
    "registered_unemployed": _("Are you registered as out of work?"),
    "first_job": _("Would it be your first job?"),
    "family_income_year": _("Income of your family in a year"),
    "monthly_wage": _("Wage in a month"),
    "lives_in_calamity_area": _("Do you live where a disaster struck?"),
    "displaced_worker": _("Did you lose your work?"),
    "parent_displaced_worker": _("Did a parent of yours lose their work?"),
    "underemployed": _("Do you work less than you want?"),
    "seasonal_worker": _("Do you work only in some seasons?"),
    "income_and_assets_low": _("Are your income and savings low?"),
    "military_service_years": _("Years of military service"),
    "has_disability": _("Do you have a disability?"),
    "graduate": _("Did you finish university?"),
    "passed_language_test": _("Did you pass the language test?"),
    "isced": _("Your highest education"),
}
REASON = {
    "not_in_force": _("This programme is not open now."),
    "not_open_yet": _("You cannot apply yet."),
    "applications_ended": _("The time to apply is over."),
    "applied_already": _("You have applied already."),
    "not_eligible": _("The rules of this programme do not fit what you told."),
    "not_from_here": _("This was changed meanwhile. Look again."),
    "offer_over": _("The time to answer is over."),
}
