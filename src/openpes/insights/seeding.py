"""For demonstrations: clearing away the frozen months of a nation that was not finished."""

from __future__ import annotations

from openpes.insights.models import Freeze, SavedQuery


def wipe_synthetic() -> int:
    """Remove the freezes of invented people, with the questions asked of them. Returns the rows removed."""
    queries = SavedQuery.objects.filter(freeze__synthetic=True).delete()[0]
    return queries + Freeze.objects.filter(synthetic=True).delete()[0]
