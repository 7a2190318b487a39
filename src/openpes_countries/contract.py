"""What every pack must hold: the keys that rules and pages read. A value may be `unknown`; a key may not be missing."""

from __future__ import annotations

from typing import Final

GROUNDS: Final = (
    "sex", "age", "religion", "ethnicity", "marital_status", "appearance", "height", "disability", "photo", "pregnancy",
    "origin",
)  # fmt: skip

# Grounds of ILO C111 and its supervisors that no pack has to say anything about: the floor always holds.
FLOOR_GROUNDS: Final = ("opinion", "orientation")

PURPOSES: Final = (
    "registration", "matching", "placement", "guidance", "circumstances", "programmes", "complaints", "consent_proof",
    "messages", "stored_files", "employers", "staff", "security", "statistics",
)  # fmt: skip

MUST_BE_KNOWN: Final = (
    "identity.name", "identity.alpha3", "identity.own_name", "locale.languages", "locale.currency", "locale.timezone",
    "locale.timezones", "locale.phone", "calendar.calendar", "education.ladder", "pes.levels",
)  # fmt: skip

MAY_BE_UNKNOWN: Final = (
    "identity.official_name", "national_id.name", "national_id.format", "national_id.validator",
    "geography.corrections", "holidays.days",
    "pes.ministry", "pes.agency", "pes.portal", "pes.law",
    "ages.minimum", "ages.hazardous", "ages.light_work", "ages.youth",
    *(f"advert_rules.{ground}" for ground in GROUNDS),
    "advert_rules.may_ask_birth_date", "advert_rules.forbidden_fields",
    "vacancy_rules.report_required_fields", "vacancy_rules.must_report",
    "minimum_wage.system", "hours.day", "hours.week", "probation.longest", "fees.public_service", "fees.domestic",
    "fees.overseas",
    *(f"ratifications.c{number}" for number in (88, 122, 138, 181, 182)),
    "occupations.classification", "occupations.relation_to_isco08", "qualifications.framework",
    "priority_groups.groups",
    "data_protection.law", "data_protection.guardian_consent_age", "data_protection.breach_notice_hours",
    "data_protection.erasure",
    *(f"legal_bases.{purpose}" for purpose in PURPOSES),
    "institutions.advisory_committee", "institutions.private_agencies", "institutions.service_standards",
    "unemployment_benefit.benefit", "overseas_placement.duties",
    *(
        f"demo.{name}"
        for name in (
            "population_15_24", "population_15_29", "population_total", "neet_rate", "youth_unemployment_rate",
            "youth_unemployment_female", "youth_unemployment_male", "youth_employment_rate", "unemployment_15plus",
            "agriculture_share", "industry_share", "services_share", "self_employed_share",
        )
    ),
)  # fmt: skip

POLICIES: Final = (
    "youth_bands.reporting", "matching.default_radius_km", "matching.shortlist_size", "clocks.referral_answer_days",
    "clocks.vacancy_confirm_days", "clocks.vacancy_approval_hours", "retention.inactive_jobseeker_months",
    "retention.access_log_months", "messaging.quiet_from", "messaging.quiet_until", "messaging.daily_cap_per_person",
    "consent.youngest_registration_age", "consent.renew_after_months", "law_keeping.review_after_days",
    *(f"service_standards.{one}" for one in (
        "employer_answer", "vacancy_decision", "employer_check", "first_introduction", "first_interview",
        "complaint_answer",
    )),
    "law_keeping.longest_waiver_days", "law_keeping.changed_lately_days",
)  # fmt: skip

REQUIRED: Final = MUST_BE_KNOWN + MAY_BE_UNKNOWN + POLICIES
