"""For demonstrations: clearing away the frozen months of a nation that was not finished."""

from __future__ import annotations

from openpes.insights.invented_survey import SURVEY
from openpes.insights.models import Freeze, OutsideFigure, SavedQuery


def wipe_synthetic() -> int:
    """Remove the freezes of invented people, questions asked of them, and their survey. Returns the rows removed."""
    queries = SavedQuery.objects.filter(freeze__synthetic=True).delete()[0]
    queries += OutsideFigure.objects.filter(source=SURVEY).delete()[0]
    return queries + Freeze.objects.filter(synthetic=True).delete()[0]
