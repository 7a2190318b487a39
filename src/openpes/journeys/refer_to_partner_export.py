"""A partner takes its own list along: that, and nothing else, and each person on it can read that it was taken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.partnerships.access import RECEIVES
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import received


@transaction.atomic
def export_own_list(*, by: Actor, at: datetime) -> list[PartnerReferral]:
    """Everybody whom the partner may see now. Raises NotPermitted for anybody who is not a partner."""
    if not by.scope_ids(RECEIVES, "partner"):
        raise NotPermitted(RECEIVES)
    rows = list(received(by, at=at))
    record_change(by=by, at=at, verb="partner.export", thing="partner_referrals", detail={"rows": len(rows)})
    for one in rows:
        reason = f"{one.agreement.partner.name}: list"
        thing, subject = f"partner_referral:{one.ref}", one.jobseeker.person.log_key
        record_view(by=by, at=at, subject=subject, thing=thing, reason=reason)
    return rows
