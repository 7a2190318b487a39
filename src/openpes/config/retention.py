"""How long each kind of record lives: every name that a table declares, and what ends it.

Where the country's law or policy sets the length, `pack_key` names the value of the pack.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """What ends a record, in words; and the key of the pack that says after how long (none: no number is needed)."""

    ends: str
    pack_key: str = ""


RETENTION: dict[str, Clock] = {
    "none": Clock("Lives as long as the service; holds nothing about people."),
    "institution": Clock("Lives as long as the office or institution; holds nothing about jobseekers."),
    "jobseeker_record": Clock("Erased after the person was inactive this long, or when the person asks.",
                              "retention.inactive_jobseeker_months"),
    "consent_record": Clock("Kept with the record that it allows, as proof; erased with the person."),
    "account": Clock("Closed when nobody holds a role with it any more; erased with the person."),
    "invitation": Clock("Ends when it is taken up or its days are over."),
    "employer_record": Clock("Lives while the employer uses the service; names of its staff go with their accounts."),
    "vacancy_record": Clock("Kept for the figures; holds nothing about jobseekers."),
    "match_run": Clock("Replaced by the next run; the rows of a person go with the person."),
    "referral_record": Clock("Kept for the figures; a person's part is erased with the person.",
                             "retention.inactive_jobseeker_months"),
    "outcome_record": Clock("Kept for the figures without the person once the person is erased.",
                            "retention.inactive_jobseeker_months"),
    "message": Clock("The text goes after delivery is settled; what remains is that a message was sent."),
    "stored_files": Clock("Goes with the record that it belongs to."),
    "outbox": Clock("Goes when the work is done."),
    "change_log": Clock("Kept as evidence; people appear by a pseudonym that erasure cuts off."),
    "access_log": Clock("Kept this long, so that people can see who looked.", "retention.access_log_months"),
    "sessions": Clock("Ends with the session, after ten hours at the latest."),
    "second_factor": Clock("Ends with the account."),
    "sign_in_attempts": Clock("Ends with the lock-out."),
}
