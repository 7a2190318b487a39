"""States of a vacancy and why one ends."""

from enum import StrEnum


class VacancyState(StrEnum):
    """Only LIVE is public. Nothing becomes live before a person has approved it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    LIVE = "live"
    PAUSED = "paused"
    REFUSED = "refused"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a vacancy ended."""

    FILLED = "filled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SILENT = "silent"
    REMOVED = "removed"


ALLOWED_MOVES = {
    VacancyState.DRAFT: {VacancyState.SUBMITTED, VacancyState.CLOSED},
    VacancyState.SUBMITTED: {VacancyState.LIVE, VacancyState.REFUSED, VacancyState.CLOSED, VacancyState.SUBMITTED},
    VacancyState.REFUSED: {VacancyState.SUBMITTED, VacancyState.CLOSED},
    VacancyState.LIVE: {VacancyState.PAUSED, VacancyState.CLOSED, VacancyState.SUBMITTED},
    VacancyState.PAUSED: {VacancyState.LIVE, VacancyState.CLOSED, VacancyState.SUBMITTED},
    VacancyState.CLOSED: set(),
}


class ContractType(StrEnum):
    """What kind of work is offered."""

    OPEN_ENDED = "open_ended"
    FIXED_TERM = "fixed_term"
    CASUAL = "casual"
    APPRENTICESHIP = "apprenticeship"
    INTERNSHIP = "internship"


class AbroadLicence(StrEnum):
    """What the register of agencies says about an employer that offers work abroad. UNKNOWN: nobody can tell yet."""

    LIVE = "live"
    NOT_LIVE = "not_live"
    UNKNOWN = "unknown"


class Weight(StrEnum):
    """What a finding of the check does: stop the advert, ask a person, or tell the writer."""

    STOPS = "stops"
    ASKS = "asks"
    TELLS = "tells"


class Pause(StrEnum):
    """Why a vacancy is paused. Only a pause that silence or the employer made is ended by the employer's word."""

    SILENT = "silent"
    EMPLOYER = "employer"
    HELD = "held"


class LivenessKind(StrEnum):
    """What happened in the ledger of who said when that a job is open."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"


class Channel(StrEnum):
    """By which way a step of the liveness ledger came."""

    WEB = "web"
    LINK = "link"
    SMS = "sms"
    DESK = "desk"
    CLOCK = "clock"
    HIRE = "hire"
    FEED = "feed"


class PairState(StrEnum):
    """Two adverts that may be one job: found by the arithmetic, then said by a person where it is doubtful."""

    DOUBTFUL = "doubtful"
    SAME = "same"
    DIFFERENT = "different"


class Offer(StrEnum):
    """What a job offers beside pay. Facts about the work, never about who may do it."""

    CHILDCARE = "childcare"
    SAFE_TRANSPORT = "safe_transport"
    BEFORE_DARK = "before_dark"
    SEPARATE_TOILETS = "separate_toilets"


# What a workplace can offer somebody who needs it: the codes of `circumstances`, without "other", held alike by a test.
ACCOMMODATIONS = (
    "step_free",
    "seated",
    "sign_language",
    "screen_reader",
    "written_word",
    "quiet_place",
    "more_breaks",
    "other_hours",
    "somebody_along",
)
