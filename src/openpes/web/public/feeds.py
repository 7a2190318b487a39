"""Doors for machines that lead people to live jobs: sitemap, Atom feed, and the data block of one advert."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from openpes.core.decisions import NotFound
from openpes.reference.country import area_name, country
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import live_list
from openpes.web.audience import Door, audience
from openpes.web.public.open_data import etag, latest_change, without_contact
from openpes.web.requests import OpenpesRequest

A_SITEMAP, A_FEED = 10_000, 50
EMPLOYMENT_TYPE = {
    "open_ended": "FULL_TIME",
    "fixed_term": "TEMPORARY",
    "casual": "PER_DIEM",
    "apprenticeship": "OTHER",
    "internship": "INTERN",
}
UNIT = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH"}


def _url(vacancy: Vacancy) -> str:
    return str(settings.BASE_URL + reverse("web:job", args=[vacancy.ref]))


def job_posting(vacancy: Vacancy, language: str) -> dict[str, Any]:
    """An advert as schema.org/JobPosting: what the advert says and nothing about a person."""
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": without_contact(vacancy.title),
        "description": without_contact(vacancy.description) or vacancy.title,
        "identifier": {"@type": "PropertyValue", "name": "openpes", "value": vacancy.ref},
        "datePosted": (vacancy.live_since or vacancy.posted_at).date().isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": vacancy.employer.name},
        "employmentType": EMPLOYMENT_TYPE[vacancy.contract_type],
        "occupationalCategory": vacancy.isco,
        "totalJobOpenings": vacancy.places_left,
        "url": _url(vacancy),
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": area_name(vacancy.area_code, language),
                "addressCountry": country().code,
                **({"streetAddress": without_contact(vacancy.address)} if vacancy.address else {}),
            },
        },
        "directApply": True,
    }
    if vacancy.closes_before:
        posting["validThrough"] = vacancy.closes_before.isoformat()
    if vacancy.pay_amount is not None:
        posting["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": vacancy.pay_currency,
            "value": {
                "@type": "QuantitativeValue",
                "value": float(vacancy.pay_amount),
                "unitText": UNIT[vacancy.pay_period],
            },
        }
    return posting


def job_posting_block(vacancy: Vacancy, language: str) -> SafeString:
    """The data block for the page: no program, and no text in it can end the element."""
    text = json.dumps(job_posting(vacancy, language), ensure_ascii=False)
    for letter, written in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(letter, written)
    return mark_safe(text)


def _xml(body: str, kind: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type=f"{kind}; charset=utf-8")


@audience(Door.PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=latest_change)
def sitemap(request: OpenpesRequest, part: int = 0) -> HttpResponse:
    """Without a part: the parts there are. With one: the addresses of its live adverts, and when each changed."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if not part:
        number = max(1, -(-live_list().count() // A_SITEMAP))
        parts = "".join(
            f"<sitemap><loc>{settings.BASE_URL}{reverse('web:sitemap_part', args=[one])}</loc></sitemap>"
            for one in range(1, number + 1)
        )
        return _xml(f"<sitemapindex {space}>{parts}</sitemapindex>", "application/xml")
    rows = live_list()[(part - 1) * A_SITEMAP : part * A_SITEMAP].values_list("ref", "changed_at")
    found = "".join(
        f"<url><loc>{settings.BASE_URL}{reverse('web:job', args=[ref])}</loc><lastmod>{at:%Y-%m-%d}</lastmod></url>"
        for ref, at in rows
    )
    if not found and part > 1:
        raise NotFound("sitemap")
    return _xml(f"<urlset {space}>{found}</urlset>", "application/xml")


@audience(Door.PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def atom(request: OpenpesRequest) -> HttpResponse:
    """The freshest live jobs as an Atom feed (RFC 4287); `?area=` and `?work=` (ISCO-08, from the left) narrow it."""
    area, work = request.GET.get("area", ""), request.GET.get("work", "")
    rows = live_list(area_code=area, isco=work).order_by("-live_since", "-pk")[:A_FEED]
    own = settings.BASE_URL + request.get_full_path()
    entries = [_entry(one, request.LANGUAGE_CODE) for one in rows]
    latest = max((one.changed_at for one in rows), default=request.at)
    return _xml(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{escape(own)}</id><title>openpes: live jobs</title>'
        f'<updated>{_stamp(latest)}</updated><link rel="self" href={quoteattr(own)}/>'
        f"<author><name>openpes</name></author>{''.join(entries)}</feed>",
        "application/atom+xml",
    )


def _entry(vacancy: Vacancy, language: str) -> str:
    url = escape(_url(vacancy))
    place = area_name(vacancy.area_code, language)
    return (
        f"<entry><id>{url}</id><title>{escape(without_contact(vacancy.title))}</title>"
        f"<updated>{_stamp(vacancy.changed_at)}</updated><published>{_stamp(vacancy.live_since or vacancy.posted_at)}"
        f'</published><link rel="alternate" href="{url}"/><category term="{vacancy.isco}"/>'
        f"<summary>{escape(f'{vacancy.employer.name}, {place}')}</summary></entry>"
    )


def _stamp(at: datetime) -> str:
    return at.isoformat()
