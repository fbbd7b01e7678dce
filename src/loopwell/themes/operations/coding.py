"""What did a person read in a comment?"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Invalid
from loopwell.responses.models import Response
from loopwell.themes.enums import MentionSource
from loopwell.themes.models import Coding, Mention, Theme
from loopwell.themes.rules import Cause, shares
from loopwell.themes.rules.saying import Said, checked, read_said


@transaction.atomic
def record_coding(
    *, actor: Actor, now: datetime, response: Response, said: Sequence[Said],
    is_random: bool = False, is_second: bool = False,
) -> Coding:  # fmt: skip
    """Replaces what the actor read in it before; nothing said means that it has none of the
    themes, which is a judgement too."""
    require(actor, Right.RUN_SURVEYS)
    if not response.comment.strip():
        raise Invalid(_("This answer has no comment."))
    checked(said, response.comment)
    _themes(said)
    coding, _new = Coding.objects.update_or_create(
        response=response,
        coder_id=actor.user_id,
        defaults={"themes": [each.as_json() for each in said], "at": now},
        create_defaults={
            "themes": [each.as_json() for each in said], "at": now,
            "is_random": is_random, "is_second": is_second,
        },
    )  # fmt: skip
    mention_codes(response, now)
    append(actor=actor, now=now, events=[Event("response.coded", "response", response.pk)])
    return coding


@transaction.atomic
def take_back_coding(*, actor: Actor, now: datetime, response: Response) -> bool:
    """What the actor read in it is forgotten; False when there was nothing."""
    require(actor, Right.RUN_SURVEYS)
    gone, _kinds = Coding.objects.filter(response=response, coder_id=actor.user_id).delete()
    if not gone:
        return False
    mention_codes(response, now)
    append(actor=actor, now=now, events=[Event("response.coded", "response", response.pk)])
    return True


def mention_codes(response: Response, now: datetime) -> None:
    """Mentions become what the newest coding says; second readings only measure agreement."""
    Mention.objects.filter(response=response, source=MentionSource.CODER).delete()
    newest = Coding.objects.filter(response=response, is_second=False).order_by("-at", "-pk")
    coding = newest.first()
    if coding is None:
        return
    said = read_said(coding.themes)
    themes = _themes(said)
    weights = shares([Cause(each.theme) for each in said])
    Mention.objects.bulk_create(
        Mention(
            response=response, theme=themes[each.theme], source=MentionSource.CODER,
            weight=weights[each.theme], sentiment=each.sentiment,
            words=[list(place) for place in each.words], at=now,
        )
        for each in said
    )  # fmt: skip


def _themes(said: Sequence[Said]) -> dict[str, Theme]:
    wanted = {each.theme for each in said}
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=wanted)}
    missing = sorted(wanted - set(known))
    if missing:
        raise Invalid(
            _("There is no theme %(slug)s any more. Load the page again.")
            % {"slug": ", ".join(missing)}
        )
    return known
