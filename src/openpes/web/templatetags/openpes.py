"""Template tags of the look. In every page without ``{% load %}``: the settings make this library a builtin.

Money, distance and dates are written in the reader's language; charts and bars come with their words
and numbers beside them, so that nothing is said by colour or shape alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol
from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from openpes.core import clock
from openpes.core.dates_in_words import in_words, locale_of, own_digits
from openpes.reference.country import country
from openpes.reference.labels import programme_name
from openpes.web.look import charts

register = template.Library()

# Currencies whose smallest coin no shop counts: shown without decimals.
WHOLE_CURRENCIES = {"VND", "KHR", "LAK", "IDR", "JPY", "KRW", "MMK"}


def reader_locale() -> Locale:
    """The Babel locale of the page, as used in the loaded country; world English where Babel has none."""
    return locale_of(get_language() or "en", getattr(settings, "COUNTRY", ""))


def _digits(text: str) -> str:
    """The text with the digits of the reader's language, where its offices print them."""
    return own_digits(text, (get_language() or "en").split("-")[0])


def _worded(day: date, width: str) -> str:
    return in_words(day, width, reader_locale(), country().calendar.civil)


# --- numbers --------------------------------------------------------------------------------------


@register.filter
def number(value: Any) -> str:
    """A number grouped as the reader's language does; nothing for None."""
    return "" if value is None or value == "" else _digits(format_decimal(value, locale=reader_locale()))


@register.filter
def percent(value: Any) -> str:
    """A share between 0 and 1 as whole per cent; a dash for None."""
    return "–" if value is None else _digits(format_percent(value, format="#,##0%", locale=reader_locale()))


@register.simple_tag
def money(amount: Any, currency: str = "", period: str = "") -> str:
    """Reads "₱12,000 a month". Takes an amount and a currency, or one pay with both."""
    if amount is None or amount == "":
        return ""
    currency = currency or getattr(amount, "currency", "")
    period = period or getattr(amount, "period", "")
    value = Decimal(str(getattr(amount, "amount", amount)))
    whole = value == value.to_integral_value()
    locale = reader_locale()
    if currency:
        digits = not (whole or currency in WHOLE_CURRENCIES)
        pattern = locale.currency_formats["standard"].pattern
        if not digits:
            pattern = pattern.replace(".00", "")
        text = format_currency(value, currency, pattern, locale=locale, currency_digits=False)
        symbol = get_currency_symbol(currency, locale=locale)
        if symbol.isalpha():  # "KHR 14,500", never "KHR14,500"
            text = text.replace(symbol, f"\u00a0{symbol}\u00a0").strip().replace("\u00a0\u00a0", "\u00a0")
    else:
        text = format_decimal(value, locale=locale)
    words = {
        "hour": gettext("%(money)s an hour"),
        "day": gettext("%(money)s a day"),
        "week": gettext("%(money)s a week"),
        "month": gettext("%(money)s a month"),
        "year": gettext("%(money)s a year"),
    }
    text = _digits(text)
    return words[str(period)] % {"money": text} if str(period) in words else text


@register.filter
def distance(km: Any) -> str:
    """Reads "12 km"; under one kilometre "less than 1 km"; None "distance not known"."""
    if km is None or km == "":
        return gettext("distance not known")
    value = Decimal(str(km))
    if value < 1:
        return gettext("less than 1 km")
    shown = value.quantize(Decimal("0.1")) if value < 3 else value.quantize(Decimal(1))
    return gettext("%(km)s km") % {"km": _digits(format_decimal(shown.normalize(), locale=reader_locale()))}


# --- dates ----------------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def plain_date(value: date | datetime | None) -> str:
    """Reads "24 November 2026" in the reader's language and time zone; a dash for None."""
    return "–" if not value else _worded(_as_date(value), "long")


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Reads "24 Nov 2026" for tables, kept on one line; a dash for None."""
    if not value:
        return "–"
    return _worded(_as_date(value), "medium").replace(" ", "\u00a0")


@register.filter
def day_and_time(value: datetime | None) -> str:
    """Weekday, date and time of an appointment or an event; a dash for None."""
    if not value:
        return "–"
    local, locale = _local(value), reader_locale()
    time = _digits(format_datetime(local, "HH:mm", locale=locale))
    return gettext("%(day)s, %(time)s") % {"day": _worded(_as_date(value), "full"), "time": time}


@register.filter
def day_name(value: date | datetime | None) -> str:
    """Reads "Tuesday, 24 November 2026"; a dash for None."""
    return "–" if not value else _worded(_as_date(value), "full")


@register.filter
def clock_time(value: datetime | None) -> str:
    """Reads "08:20" in the country's time; a dash for None."""
    return "–" if not value else _digits(format_datetime(_local(value), "HH:mm", locale=reader_locale()))


@register.filter
def month_name(value: date | None) -> str:
    """Reads "November 2026"; a dash for None."""
    return "–" if not value else _worded(value, "month")


@register.filter
def programme_title(title: str) -> str:
    """A programme's title; a national one by its name in the reader's language."""
    return programme_name(title, get_language() or "en")


@register.simple_tag(takes_context=True)
def ago(context: Context, value: date | datetime | None, at: datetime | None = None) -> str:
    """How long ago or ahead ("3 days ago"), from ``at``: given, else the page's ``at``, else the clock."""
    if not value:
        return ""
    at = at or context.get("at") or clock.now()
    locale = reader_locale()
    days = (_as_date(value) - _as_date(at)).days
    if days == 0:
        if isinstance(value, datetime) and isinstance(at, datetime):
            seconds = (value - at).total_seconds()
            if abs(seconds) >= 60:
                return _digits(format_timedelta(value - at, add_direction=True, locale=locale))
            return gettext("just now")
        return gettext("today")
    if days in (-1, 1):
        return gettext("yesterday") if days == -1 else gettext("tomorrow")
    # Days stay exact for six weeks; rounding "29 days" to "4 weeks" would hide a deadline.
    delta = _as_date(value) - _as_date(at)
    if abs(days) < 45:
        return _digits(format_timedelta(delta, granularity="day", threshold=45, add_direction=True, locale=locale))
    return _digits(format_timedelta(delta, granularity="month", add_direction=True, locale=locale))


def _as_date(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


# --- small pieces ---------------------------------------------------------------------------------

TAG_COLOURS = {
    "teal": {"active", "open", "live", "published", "sent", "suggested", "registered", "running", "ready"},
    "green": {
        "hired",
        "placed",
        "verified",
        "confirmed",
        "done",
        "approved",
        "completed",
        "accepted",
        "attended",
    },
    "yellow": {
        "draft",
        "waiting",
        "pending",
        "to_approve",
        "submitted",
        "unverified",
        "interview",
        "paused",
        "sleeping",
    },
    "red": {"refused", "rejected", "overdue", "late", "blocked", "failed", "unlawful", "suspended", "urgent"},
    "purple": {"programme", "training", "self_employed", "education", "referred"},
}


@register.filter
def tag_colour(state: Any) -> str:
    """The tag colour of a state (teal moving, green good end, yellow waiting, red needs care, grey over)."""
    key = str(getattr(state, "value", state)).lower()
    for colour, states in TAG_COLOURS.items():
        if key in states:
            return colour
    return "grey"


@register.simple_tag
def state_tag(state: Any, label: Any = "") -> SafeString:
    """A coloured tag for a state; ``label`` is what the reader sees, else the state's own label."""
    words = label or getattr(state, "label", "") or str(getattr(state, "value", state)).replace("_", " ").capitalize()
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', tag_colour(state), words)


@register.simple_tag
def person_name(person: Any) -> SafeString:
    """A person's name as given, isolated and never machine-translated; says so where there is none."""
    name = ""
    for attribute in ("name_as_given", "display_name", "full_name", "name"):
        found = getattr(person, attribute, None)
        if callable(found):
            found = found()
        if isinstance(found, str) and found.strip():
            name = found.strip()
            break
    if not name and isinstance(person, str):
        name = person.strip()
    if not name:
        return format_html('<span class="op-quiet">{}</span>', gettext("No name yet"))
    return format_html('<bdi class="op-person" translate="no">{}</bdi>', name)


@register.inclusion_tag("openpes/components/keep_draft.html", takes_context=True)
def keep_draft(context: Context) -> dict[str, Any]:
    """Last in a form of the desk: what is typed is kept on the way, with the button or as one types."""
    return {"is_kept": getattr(context.get("request"), "keeps_drafts", False)}


@register.inclusion_tag("openpes/components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong in one or more forms, each with a link to its field. Nothing when all is well."""
    errors: list[dict[str, str]] = []
    for form in forms:
        if not form or not form.is_bound:
            continue
        errors += [{"href": "", "text": str(message)} for message in form.non_field_errors()]
        for name, messages in form.errors.items():
            if name == "__all__":
                continue
            bound = form[name]
            target = getattr(bound, "id_for_error_link", bound.id_for_label)
            errors += [{"href": f"#{target}", "text": str(message)} for message in messages]
    return {"errors": errors}


@register.inclusion_tag("openpes/components/empty_state.html")
def empty_state(title: str, text: str = "", link: str = "", link_text: str = "") -> dict[str, str]:
    """What to show instead of an empty list: says why and what to do next."""
    return {"title": title, "text": text, "link": link, "link_text": link_text}


@register.inclusion_tag("openpes/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """Links through a Django ``Page``, keeping the other words of the address."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def address(number_: int) -> str:
        if query is None:
            return f"?{parameter}={number_}"
        query[parameter] = str(number_)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "words": gettext("Page %(page)s of %(pages)s")
        % {"page": number(page.number), "pages": number(page.paginator.num_pages)},
    }


# --- scores and charts ----------------------------------------------------------------------------


@register.inclusion_tag("openpes/components/score_bar.html")
def score_bar(parts: Iterable[Any], total: Any = None, out_of: Any = 100, label: str = "") -> dict[str, Any]:
    """The parts of a score: one bar each with its words beside it.

    ``parts``: things or dicts with ``label``, ``value``, ``out_of`` (default 100) and ``words``
    ("8 of 10 skills"). A part whose value is None is unknown: drawn as an empty dashed bar and said in
    words. ``total``: the whole score, of ``out_of``.
    """
    return charts.score_rows(parts, total, out_of, label)


@register.inclusion_tag("openpes/components/chart.html")
def bar_chart(
    title: str,
    rows: Iterable[Any],
    desc: str = "",
    unit: str = "",
    label_head: str = "",
    value_head: str = "",
) -> dict[str, Any]:
    """Horizontal bars with a table beside them. ``rows``: (label, value) pairs or dicts with those keys.

    A value of None is drawn as "not known" and never as 0.
    """
    shape = charts.bar_shape(charts.read_rows(rows), number)
    return _chart_context("bar", title, desc, unit, label_head, shape, [value_head or unit or gettext("Number")])


@register.inclusion_tag("openpes/components/chart.html")
def line_chart(
    title: str,
    points: Iterable[str],
    series: Iterable[Any],
    desc: str = "",
    unit: str = "",
    label_head: str = "",
) -> dict[str, Any]:
    """Lines over time with a table beside them.

    ``points``: labels along the foot, oldest first. ``series``: up to four (label, values) pairs; None
    is a gap.
    """
    shape = charts.line_shape(list(points), charts.read_series(series), number)
    return _chart_context("line", title, desc, unit, label_head, shape, [one["label"] for one in shape["series"]])


def _chart_context(
    kind: str, title: str, desc: str, unit: str, label_head: str, shape: dict[str, Any], heads: list[str]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": title,
        "desc": desc or shape["said"],
        "unit": unit,
        "label_head": label_head or (gettext("Period") if kind == "line" else gettext("Group")),
        "shape": shape,
        "heads": heads,
        "chart_id": charts.chart_id(kind, title, shape),
    }
