"""How does a panel come in, change and go?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.benchmarks.enums import PanelSource
from loopwell.benchmarks.models import Brand, Panel, PanelAnswer
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid


@dataclass(frozen=True)
class PanelDraft:
    """A fielding as somebody describes it; both days are included."""

    name: str
    fielded_from: date
    fielded_to: date
    market: str = ""
    provider: str = ""
    double_blind: bool = False


def check_may_bring(actor: Actor) -> None:
    """A benchmark is the whole company's: only those bring one whose right reaches everywhere."""
    require(actor, Right.SET_TARGETS)
    if not actor.within(Right.SET_TARGETS).everything:
        raise Forbidden(
            _("A benchmark is about the whole company: ask those who run the programme.")
        )


@transaction.atomic
def add_panel(*, actor: Actor, now: datetime, draft: PanelDraft) -> Panel:
    check_may_bring(actor)
    _check(draft)
    panel = Panel.objects.create(
        name=" ".join(draft.name.split())[:120],
        source=PanelSource.FILE,
        market=draft.market.strip()[:200],
        provider=draft.provider.strip()[:120],
        double_blind=draft.double_blind,
        fielded_from=draft.fielded_from,
        fielded_to=draft.fielded_to,
        created_by_id=actor.user_id,
        created_at=now,
    )
    append(actor=actor, now=now, events=[Event("panel.added", "panel", panel.pk, {})])
    return panel


@transaction.atomic
def change_panel(*, actor: Actor, now: datetime, panel: Panel, draft: PanelDraft) -> Panel:
    check_may_bring(actor)
    _check_is_no_survey(panel)
    _check(draft)
    panel.name = " ".join(draft.name.split())[:120]
    panel.market, panel.provider = draft.market.strip()[:200], draft.provider.strip()[:120]
    panel.double_blind = draft.double_blind
    panel.fielded_from, panel.fielded_to = draft.fielded_from, draft.fielded_to
    panel.save()
    append(actor=actor, now=now, events=[Event("panel.changed", "panel", panel.pk, {})])
    return panel


@transaction.atomic
def remove_panel(*, actor: Actor, now: datetime, panel: Panel) -> int:
    """With all its answers, and the brands nobody rates any more; says how many answers went."""
    check_may_bring(actor)
    _check_is_no_survey(panel)
    count = PanelAnswer.objects.filter(panel=panel).count()
    payload = {"name": panel.name, "answers": count}
    append(actor=actor, now=now, events=[Event("panel.removed", "panel", panel.pk, payload)])
    panel.delete()
    forget_unrated()
    return count


def forget_unrated() -> None:
    """Brands of which nobody has said anything, ourselves excepted, are not kept."""
    Brand.objects.filter(answers=None, is_us=False).delete()


def _check_is_no_survey(panel: Panel) -> None:
    if panel.source == PanelSource.SURVEY:
        raise Conflict(
            _("This panel is made of a survey’s answers: change or withdraw the survey instead.")
        )


def _check(draft: PanelDraft) -> None:
    fields: dict[str, list[str]] = {}
    if not draft.name.strip():
        fields["name"] = [_("Give the panel a name.")]
    if draft.fielded_to < draft.fielded_from:
        fields["fielded_to"] = [_("The last day lies before the first.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
