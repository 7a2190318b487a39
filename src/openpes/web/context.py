"""What every page needs to know: country, languages, where one is, what one may open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.core.actors import VISITOR, Actor
from openpes.reference.country import country, country_name, today
from openpes.web.counsellor.partner_words import TARGETS
from openpes.web.partner.words import PARTNER_DESK, PARTNERS
from openpes.web.programmes.words import COURSES, FLAGS


def _of_the_desk(actor: Actor) -> list[tuple[str, str]]:
    entries = [
        (_("Today"), "counsellor:today"),
        (_("My people"), "counsellor:caseload"),
        (_("Find a person"), "counsellor:find"),
        (_("Register a person"), "counsellor:register"),
        (_("Vacancies"), "counsellor:vacancies"),
        (_("Employers"), "counsellor:employers"),
        (str(PARTNERS), "counsellor:partners"),
        (_("What went wrong"), "counsellor:complaints"),
        (_("Figures"), "figures:month"),
    ]
    if actor.has_role("office_manager"):
        entries += [(_("Advice on help"), "counsellor:advice_oversight"), (_("Staff"), "administration:staff")]
    return entries


def navigation_for(actor: Actor) -> list[tuple[str, str]]:
    """(label, address) of the main entries for a role. A role sees its own work first."""
    if actor.has_role("counsellor", "office_manager"):
        return [(label, reverse(name)) for label, name in _of_the_desk(actor)]
    if actor.has_role("employer_adviser"):
        entries = [
            (_("Vacancies"), "counsellor:vacancies"),
            (_("Employers"), "counsellor:employers"),
            (_("Employers to call"), "counsellor:follow_up"),
            (_("Figures"), "figures:month"),
        ]
    elif actor.has_role("administrator"):
        entries = [
            (_("Offices"), "administration:offices"),
            (_("Staff"), "administration:staff"),
            (_("Law"), "administration:law"),
            (_("Going live"), "administration:going_live"),
            (_("National match"), "administration:matching"),
            (_("Figures"), "figures:month"),
        ]
    elif actor.has_role("programme_manager"):
        entries = [
            (_("Programmes"), "programmes:home"),
            (_("Applications"), "programmes:applications"),
            (str(COURSES), "programmes:courses"),
            (str(FLAGS), "programmes:flags"),
            (_("Practices"), "figures:practices"),
        ]
    elif actor.has_role("partner_staff"):
        entries = [(str(label), name) for label, name in PARTNER_DESK]
    elif actor.has_role("law_officer"):
        entries = [(_("Law"), "administration:law"), (_("Rules in force"), "web:rules")]
    elif actor.has_role("analyst"):
        entries = [(_("Figures"), "figures:month"), (str(TARGETS), "counsellor:targets")]
    elif actor.has_role("employer_staff", "employer_administrator"):
        entries = [
            (_("My vacancies"), "employer:home"),
            (_("Introductions"), "employer:introductions"),
            (_("Post a vacancy"), "employer:post"),
        ]
    elif actor.has_role("employer_reader"):
        entries = [(_("My vacancies"), "employer:home"), (_("Introductions"), "employer:introductions")]
    elif actor.has_role("jobseeker"):
        entries = [
            (_("My page"), "jobseeker:home"),
            (_("Jobs for me"), "jobseeker:suggestions"),
            (_("My applications"), "jobseeker:referrals"),
            (_("Programmes"), "jobseeker:programmes"),
            (_("My plan"), "jobseeker:plan"),
            (_("My details"), "jobseeker:profile"),
        ]
    else:
        entries = [
            (_("Find a job"), "web:jobs"),
            (_("Register for work"), "jobseeker:register"),
            (_("For employers"), "web:for_employers"),
        ]
    return [(label, reverse(name)) for label, name in entries]


def page_tag(code: str) -> str:
    """The code of a language as BCP 47 writes it: zh-Hans."""
    first, *rest = code.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    actor: Actor = getattr(request, "actor", VISITOR)
    language = get_language() or "en"
    pack, at = country(), getattr(request, "at", None)
    entries = navigation_for(actor)
    # The entry with the longest address that the page lies under is the one where the reader is.
    here = max((url for _label, url in entries if request.path.startswith(url)), key=len, default="")
    return {
        "actor": actor,
        "at": getattr(request, "at", None),
        "service_name": settings.SERVICE_NAME,
        "country_code": pack.code,
        "country_name": country_name(language),
        "language": language,
        "page_tag": page_tag(language),
        "languages": [
            {
                "code": code,
                "name": name,
                "tag": page_tag(code),
                "draft": settings.DRAFT_LANGUAGES.get(code, ""),
                "current": code == language,
                "url": f"{reverse('web:language')}?{urlencode({'lang': code, 'next': request.get_full_path()})}",
            }
            for code, name in settings.LANGUAGES
        ],
        "home_url": reverse("web:home"),
        # A phone that its owner alone uses keeps a few pages; asked only of people who are signed in.
        "keeps_offline": actor.person_id is not None and bool(request.session.get("keeps_offline")),
        "demo_mode": settings.DEMO,
        "law_unverified": settings.DEMO and bool(pack.unverified(on=today(at))) if at else False,
        "demo_url": reverse("web:demo"),
        "signed_in": actor is not VISITOR,
        "footer_links": [
            {"label": _("Rules in force"), "url": reverse("web:rules")},
            {"label": _("The labour market"), "url": reverse("web:labour_market")},
            {"label": _("How matching works"), "url": reverse("web:formula")},
            {"label": _("How advice on help works"), "url": reverse("web:advice_rules")},
            {"label": _("Accessibility"), "url": reverse("web:accessibility")},
            {"label": _("Your data"), "url": reverse("web:privacy")},
            {
                "label": _("Tell us what went wrong"),
                "url": reverse("jobseeker:complaints" if actor.person_id is not None else "web:report"),
            },
            {"label": _("About"), "url": reverse("web:about")},
        ],
        "navigation": [{"label": label, "url": url, "current": url == here} for label, url in entries],
    }
