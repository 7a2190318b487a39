"""What the page of the open interface says to those who write programs: English, as programs are."""

from __future__ import annotations

RULES = (
    "Licence: CC0 1.0. Times are in UTC, counts of people in steps of ten.",
    "An address with a vintage (month, number of the freeze, first signs of its seal) never changes what it says; when "
    "a month is revised, the earlier vintage stays where it is.",
    "Every answer has an ETag: ask again with If-None-Match and unchanged data is not sent twice.",
)
MONTHS = "Which months there are"
WHOLE = "A whole month"
WHOLE_MORE = (
    "All published figures and tables. These links begin with “latest”, which leads on to the vintage of the latest "
    "month."
)
SERIES = "One figure over time"
SERIES_ADDRESS = "series/FIGURE.FORM"
SERIES_MORE = (
    "The form is one of: {forms}. Add ?area= and the code of a large area for that area (not for SDMX). In the status, "
    "A is a plain value, Q hidden so that nobody can be recognised, M missing."
)
FIGURE, MEANING = "Figure", "What it is"
PICTURE = "A picture for your own pages"
FRAME = '<iframe src="{address}" title="{title}" width="100%" height="420"></iframe>'
GUESS = (
    "{month}: unemployment by the survey’s definition is guessed at {value:.1f} % ({lower:.1f} to {upper:.1f}) from "
    "the register, before the survey tells it. In {tried} earlier months this guess was nearer than both the last "
    "figure and that of a year ago."
)


def api_words(*, forms: tuple[str, ...], frame_address: str, frame_title: str) -> dict[str, object]:
    """The words of the page, by name."""
    return {
        "rules": RULES,
        "months": MONTHS,
        "whole": WHOLE,
        "whole_more": WHOLE_MORE,
        "series": SERIES,
        "series_address": SERIES_ADDRESS,
        "series_more": SERIES_MORE.format(forms=", ".join(forms)),
        "figure": FIGURE,
        "meaning": MEANING,
        "picture": PICTURE,
        "frame": FRAME.format(address=frame_address, title=frame_title),
    }
