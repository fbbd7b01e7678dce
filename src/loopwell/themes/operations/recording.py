"""How is what an interviewer found kept?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Mention, Theme
from loopwell.themes.rules import Cause, shares


@transaction.atomic
def record_root_causes(
    *, actor: Actor, now: datetime, response: Response, causes: Sequence[Cause]
) -> list[Mention]:
    """Replaces what interviewers found in this answer; an empty list takes all back."""
    require(actor, Right.WORK_CASES)
    weights = shares(causes)
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=weights)}
    missing = sorted(set(weights) - set(known))
    if missing:
        message = _("There is no root cause %(slug)s.") % {"slug": ", ".join(missing)}
        raise Invalid(message, fields={"causes": [message]})
    Mention.objects.filter(response=response, source=MentionSource.INTERVIEWER).delete()
    return Mention.objects.bulk_create(
        [
            Mention(
                response=response,
                theme=known[slug],
                source=MentionSource.INTERVIEWER,
                weight=weight,
                at=now,
            )
            for slug, weight in weights.items()
        ]
    )
