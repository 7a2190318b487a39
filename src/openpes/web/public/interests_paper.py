"""The words of a result on paper, for the press in `interests.paper`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from openpes.interests.paper import LikesPaper, likes_pdf, likes_png
from openpes.interests.rules import Profile
from openpes.interests.words import NOT_NORMED
from openpes.web.public.interests_picture import hexagon, strongest
from openpes.web.templatetags.openpes import number

FILES: dict[str, tuple[str, Callable[[LikesPaper], bytes]]] = {
    "pdf": ("application/pdf", likes_pdf),
    "png": ("image/png", likes_png),
}


def paper_of(profile: Profile | None, cards: Sequence[str], *, language: str) -> LikesPaper:
    """Everything that is printed. Without a profile the page shows the cards alone."""
    drawn = hexagon(profile) if profile is not None else None
    svg = render_to_string("openpes/public/fits_me_picture.html", {"picture": drawn, "alone": True}) if drawn else ""
    rows = tuple((one.letter, str(one.name), number(one.points)) for one in drawn.corners) if drawn else ()
    named = strongest(profile) if profile is not None and not profile.flat else []
    return LikesPaper(
        language=language,
        title=_("What I like") if drawn else _("What matters to me"),
        picture=svg,
        rows=rows,
        strongest=tuple((str(name), str(likes)) for name, likes in named),
        note=str(NOT_NORMED),
        matters=_("What matters to me") if drawn else "",
        cards=tuple(cards),
    )
