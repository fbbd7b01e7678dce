"""How does a company write its own call guide?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import CallGuide
from loopwell.cases.rules.guide import MOST_STEPS, Step
from loopwell.kit.errors import Invalid
from loopwell.surveys.models import Survey


@transaction.atomic
def save_guide(
    *,
    actor: Actor,
    now: datetime,
    survey: Survey | None,
    steps: Mapping[str, Sequence[Step]],
) -> CallGuide | None:
    """For one survey, or for all without one. Without any step: back to what stands behind it."""
    require(actor, Right.RUN_SURVEYS)
    kept = {code: _steps(rows) for code, rows in steps.items() if code in dict(settings.LANGUAGES)}
    kept = {code: rows for code, rows in kept.items() if rows}
    rows = CallGuide.objects.filter(survey=survey).order_by("pk")
    guide = rows.select_for_update().first()
    if not kept:
        rows.delete()
        return None
    guide = guide or CallGuide(survey=survey)
    guide.steps, guide.updated_by_id, guide.updated_at = kept, actor.user_id, now
    guide.save()
    return guide


def _steps(rows: Sequence[Step]) -> list[dict[str, str]]:
    if len(rows) > MOST_STEPS:
        raise Invalid(_("A guide has at most 12 steps: people read it while they talk."))
    found = [{"title": row.title.strip()[:100], "text": row.text.strip()[:1000]} for row in rows]
    return [row for row in found if row["title"] or row["text"]]
