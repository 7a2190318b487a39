"""ISCO codes for O*NET's occupations, which come without, from a crosswalk of the codes that they do carry (SOC).

It makes no difference which of the two was loaded first. A code with several unit groups places nothing.
"""

from __future__ import annotations

from collections import defaultdict

from openpes.reference.models import Concept, LoadState, NationalCode, TaxonomyLoad

# What the codes that O*NET's occupations carry are called.
OF_ONET = ("SOC", "ONET-SOC", "O*NET-SOC")


def place_by_soc(*, scheme: str = "onet") -> int:
    """Give O*NET's occupations without an ISCO code one, by the newest crosswalk that knows them; returns how many."""
    if scheme != "onet":
        return 0
    isco_of = _unambiguous()
    if not isco_of:
        return 0
    placed = 0
    loads = TaxonomyLoad.objects.filter(state=LoadState.READY, version__scheme=scheme)
    for concept in Concept.objects.filter(load__in=loads, kind="occupation", isco="").only("code", "isco"):
        if code := isco_of.get(concept.code) or isco_of.get(concept.code.split(".")[0]):
            Concept.objects.filter(pk=concept.pk).update(isco=code)
            placed += 1
    return placed


def _unambiguous() -> dict[str, str]:
    """Code -> unit group, where a version has exactly one; the newest version that has the code decides."""
    groups: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = NationalCode.objects.filter(scheme__scheme__in=(*OF_ONET, *(name.lower() for name in OF_ONET)))
    for code, version, isco in rows.order_by("-scheme__starts_on", "pk").values_list("code", "scheme_id", "isco"):
        groups[code][version].add(isco)
    newest = {code: next(iter(versions.values())) for code, versions in groups.items()}
    return {code: next(iter(isco)) for code, isco in newest.items() if len(isco) == 1}
