"""Who may do what, a class a role: read this file to know who sees what. Nothing that is not written here is allowed.

A verb is "thing.act". Each room asks for its own verbs in `access.py` and adds the condition on the record.
"""

from __future__ import annotations

from typing import ClassVar


class Role:
    """A role held in one place: an office, an employer, one's own person, or the whole service."""

    code: ClassVar[str]
    scope: ClassVar[str]
    second_factor: ClassVar[bool] = True
    verbs: ClassVar[frozenset[str]]


class Jobseeker(Role):
    """Their own record, who looked at it, their own referrals; contest, correct, leave."""

    code = "jobseeker"
    scope = "person"
    second_factor = False
    verbs = frozenset(
        {
            "jobseeker.view_own",
            "jobseeker.edit_own",
            "jobseeker.leave",
            "person.export_own",
            "person.views_own",
            "match.view_own",
            "referral.view_own",
            "referral.apply_own",
            "referral.withdraw_own",
            "outcome.say_own",
            "consent.change_own",
            "appointment.view_own",
            "appointment.book_own",
            "circumstances.own",
            "guidance.view_own",
            "advice.contest_own",
            "complaint.own",
            "fair.join_own",
            "programme.apply_own",
            "partner_referral.own",
            "enrolment.own",
        }
    )


class EmployerReader(Role):
    """Sees the own vacancies and who was introduced to them, and changes nothing."""

    code = "employer_reader"
    scope = "employer"
    second_factor = False
    verbs = frozenset({"employer.view", "vacancy.view", "referral.view_introduced"})


class EmployerStaff(Role):
    """Own vacancies, and the people introduced to them, with contact masked until the person agrees."""

    code = "employer_staff"
    scope = "employer"
    second_factor = False
    verbs = frozenset(
        {
            "employer.view",
            "employer.appeal",
            "employer.papers",
            "vacancy.post",
            "vacancy.edit",
            "vacancy.close",
            "vacancy.view",
            "referral.view_introduced",
            "referral.answer",
            "outcome.say_employer",
            "claim.file",
        }
    )


class EmployerAdministrator(EmployerStaff):
    """As employer staff, and who else at the firm may sign in."""

    code = "employer_administrator"
    second_factor = True
    verbs = EmployerStaff.verbs | {"employer.edit", "employer.invite"}


class Counsellor(Role):
    """The people of the own office by search, never by browsing; refers, records outcomes, takes vacancies by phone."""

    code = "counsellor"
    scope = "office"
    verbs = frozenset(
        {
            "person.search",
            "person.merge",
            "jobseeker.register",
            "jobseeker.view",
            "jobseeker.edit",
            "match.view",
            "match.why_not",
            "employer.view",
            "employer.register",
            "vacancy.view",
            "vacancy.post",
            "vacancy.edit",
            "vacancy.close",
            "vacancy.approve",
            "referral.create",
            "referral.view",
            "referral.follow_up",
            "referral.answer_for_employer",
            "outcome.record",
            "outcome.view",
            "appointment.view",
            "appointment.invite",
            "appointment.book",
            "desk_time.set_own",
            "queue.serve",
            "session.lead",
            "contact.view",
            "contact.record",
            "text.bulk",
            "circumstances.view",
            "circumstances.edit",
            "guidance.view",
            "guidance.edit",
            "guidance.write_script",
            "note.view",
            "note.write",
            "caseload.own",
            "complaint.record",
            "complaint.handle",
            "programme.nominate",
            "fair.run",
            "figures.view_office",
            "partner.view",
            "partner.refer",
        }
    )


class EmployerAdviser(Role):
    """Employers and vacancies of the office; people only through introductions."""

    code = "employer_adviser"
    scope = "office"
    verbs = frozenset(
        {
            "employer.view",
            "employer.register",
            "employer.verify",
            "employer.edit",
            "employer.papers",
            "employer.contact",
            "vacancy.view",
            "vacancy.post",
            "vacancy.edit",
            "vacancy.approve",
            "vacancy.close",
            "referral.follow_up",
            "referral.answer_for_employer",
            "fair.run",
            "figures.view_office",
        }
    )


class OfficeManager(Role):
    """The office: its people and employers, its figures, its access log, its staff."""

    code = "office_manager"
    scope = "office"
    verbs = (
        Counsellor.verbs
        | EmployerAdviser.verbs
        | {
            "staff.invite",
            "staff.end",
            "accesslog.view_office",
            "office_time.set",
            "desk_time.set",
            "slots.report",
            "advice.oversee",
            "vacancy.report",
            "caseload.oversee",
            "complaint.oversee",
            "programme.approve_application",
            "partner.manage",
            "shock.batch",
            "target.set",
            "target.view",
        }
    )


class PartnerStaff(Role):
    """People who were referred to the own organisation and agreed to it, while the agreement lasts. No search.

    And the rounds of programmes that the organisation runs: sessions and who came. No other round, no money.
    """

    code = "partner_staff"
    scope = "partner"
    verbs = frozenset({"partner_referral.receive", "course.run"})


class ProgrammeManager(Role):
    """Programmes, their money, their rounds and their draws; a second one approves what the first one wrote."""

    code = "programme_manager"
    scope = "service"
    verbs = frozenset(
        {
            "programme.view",
            "programme.draft",
            "programme.approve",
            "programme.cycle",
            "programme.approve_application",
            "programme.place",
            "programme.draw",
            "programme.budget",
            "employer.view",
            "course.run",
            "course.enrol",
            "course.certify",
            "stipend.prepare",
            "stipend.release",
            "claim.decide",
            "flag.decide",
            "practice.view",
            "practice.exchange",
        }
    )


class Analyst(Role):
    """Aggregates, never rows."""

    code = "analyst"
    scope = "service"
    verbs = frozenset(
        {
            "target.view",
            "figures.view",
            "figures.export",
            "figures.freeze",
            "figures.publish",
            "figures.query",
            "practice.view",
            "dataset.exchange",
            "policy.ask",
        }
    )


class LawOfficer(Role):
    """Verifies, waives and sets the values of the country's law; a second one agrees to what changes a value."""

    code = "law_officer"
    scope = "service"
    verbs = frozenset({"pack.view", "law.sign", "law.agree", "policy.ask", "practice.view"})


class Administrator(Role):
    """Accounts, offices, packs and settings; no casework."""

    code = "administrator"
    scope = "service"
    verbs = frozenset(
        {
            "office.manage",
            "staff.invite",
            "staff.end",
            "pack.view",
            "law.sign",
            "law.agree",
            "service.go_live",
            "agency.load",
            "register.load",
            "vacancy.report",
            "match.run",
            "system.view",
            "figures.view",
            "policy.ask",
            "practice.view",
            "person.erase",
        }
    )


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Jobseeker,
        EmployerReader,
        EmployerStaff,
        EmployerAdministrator,
        Counsellor,
        EmployerAdviser,
        OfficeManager,
        PartnerStaff,
        ProgrammeManager,
        Analyst,
        LawOfficer,
        Administrator,
    )
}
STAFF_ROLES = tuple(code for code, role in ROLES.items() if role.scope in {"office", "service"})
OFFICE_ROLES = tuple(code for code, role in ROLES.items() if role.scope == "office")
SERVICE_ROLES = tuple(code for code, role in ROLES.items() if role.scope == "service")
EMPLOYER_ROLES = tuple(code for code, role in ROLES.items() if role.scope == "employer")
PARTNER_ROLES = tuple(code for code, role in ROLES.items() if role.scope == "partner")


def needs_second_factor(roles: tuple[str, ...]) -> bool:
    """True when any of the roles may not be entered with a password alone."""
    return any(ROLES[code].second_factor for code in roles if code in ROLES)
