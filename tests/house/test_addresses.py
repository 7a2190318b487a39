"""Deny by default: every address of the service says for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from openpes.people.roles import ROLES
from openpes.web.audience import Audience, Door


def views(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """(address, view) of everything that can be asked for."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def all_views() -> list[tuple[str, Any]]:
    """Every address of the service."""
    return list(views(get_resolver().url_patterns))


def test_every_address_has_an_audience() -> None:
    """A view that forgot to say for whom it is would answer nobody; say so here first."""
    without = [address for address, view in all_views() if not isinstance(getattr(view, "audience", None), Audience)]
    assert not without, f"no audience declared: {without}"


def test_audiences_name_roles_that_exist() -> None:
    """A misspelt role would lock everybody out of a page."""
    known = {str(role) for role in ROLES}
    wrong = {
        address: view.audience.roles
        for address, view in all_views()
        if view.audience.door == Door.ROLES and not set(view.audience.roles) <= known
    }
    assert not wrong


def test_every_address_has_a_name_and_ends_plainly() -> None:
    """Pages are linked by name, and an address looks the same everywhere."""
    seen: dict[str, str] = {}
    for address, view in all_views():
        assert address not in seen, f"{address} is claimed by {seen[address]} and {view.__name__}"
        seen[address] = view.__name__


def test_the_public_doors_are_few_and_known() -> None:
    """A new public page is a decision: who may see it without signing in is reviewed here, by folder."""
    public = {
        view.__module__ for _, view in all_views() if view.audience.door in {Door.PUBLIC, Door.DEMO, Door.SIGNED_LINK}
    }
    assert all(
        module.startswith(
            (
                "openpes.web.public",
                "openpes.web.figures",
                "openpes.web.look",
                "openpes.web.demo_door",
                "openpes.web.employer.registering",
                "openpes.web.employer.bulk_push",
                "openpes.web.jobseeker.registering",
                "openpes.sms",
            )
        )
        for module in public
    ), public
