"""What the tables of libraries hold, declared as our own tables declare it: class, retention, export name, eraser.

A library's table has no place for a declaration, so they stand here; a house test fails when a library adds a table or
a field that is not named. Their clocks are not in the country pack: the library itself ends a row, as `ENDS` says.
"""

from __future__ import annotations

from openpes.core.privacy import Privacy, blank, nothing, personal, sensitive

ENDS = {
    "none": "Lives as long as the service; holds nothing about people.",
    "sessions": "Ends with the session, after ten hours at the latest.",
    "second_factor": "The secrets of the second factor; ends with the account.",
    "sign_in_attempts": "Kept to stop guessing; ends with the lock-out.",
}

OF_LIBRARIES: dict[str, Privacy] = {
    "contenttypes.ContentType": Privacy(retention="none", plain_fields=("id", "app_label", "model")),
    "auth.Permission": Privacy(retention="none", plain_fields=("id", "name", "content_type", "codename")),
    "auth.Group": Privacy(retention="none", plain_fields=("id", "name", "permissions")),
    "sessions.Session": Privacy(
        retention="sessions",
        plain_fields=("session_key", "expire_date"),
        session_data=sensitive("", blank),
    ),
    "otp_totp.TOTPDevice": Privacy(
        retention="second_factor",
        plain_fields=(
            "id",
            "confirmed",
            "throttling_failure_timestamp",
            "throttling_failure_count",
            "created_at",
            "last_used_at",
            "step",
            "t0",
            "digits",
            "tolerance",
            "drift",
            "last_t",
        ),
        user=personal("", nothing),
        name=personal("", blank),
        key=sensitive("", blank),
    ),
    "otp_static.StaticDevice": Privacy(
        retention="second_factor",
        plain_fields=(
            "id",
            "confirmed",
            "throttling_failure_timestamp",
            "throttling_failure_count",
            "created_at",
            "last_used_at",
        ),
        user=personal("", nothing),
        name=personal("", blank),
    ),
    "otp_static.StaticToken": Privacy(
        retention="second_factor", plain_fields=("id", "device"), token=sensitive("", blank)
    ),
    "axes.AccessAttempt": Privacy(
        retention="sign_in_attempts",
        plain_fields=("id", "http_accept", "path_info", "attempt_time", "failures_since_start"),
        user_agent=personal("", blank),
        ip_address=personal("", nothing),
        username=personal("", blank),
        get_data=personal("", blank),
        post_data=personal("", blank),
    ),
    "axes.AccessAttemptExpiration": Privacy(
        retention="sign_in_attempts", plain_fields=("access_attempt", "expires_at")
    ),
    "axes.AccessFailureLog": Privacy(
        retention="sign_in_attempts",
        plain_fields=("id", "http_accept", "path_info", "attempt_time", "locked_out"),
        user_agent=personal("", blank),
        ip_address=personal("", nothing),
        username=personal("", blank),
    ),
    "axes.AccessLog": Privacy(
        retention="sign_in_attempts",
        plain_fields=("id", "http_accept", "path_info", "attempt_time", "logout_time"),
        user_agent=personal("", blank),
        ip_address=personal("", nothing),
        username=personal("", blank),
        session_hash=personal("", blank),
    ),
}
