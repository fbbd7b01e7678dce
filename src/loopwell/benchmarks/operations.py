"""How do panels and brands come in, change and go?"""

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
    count = PanelAnswer.objects.filter(panel=panel).count()
    payload = {"name": panel.name, "answers": count}
    append(actor=actor, now=now, events=[Event("panel.removed", "panel", panel.pk, payload)])
    panel.delete()
    Brand.objects.filter(answers=None, is_us=False).delete()
    return count


@transaction.atomic
def say_who_we_are(*, actor: Actor, now: datetime, brand: Brand) -> Brand:
    """This brand is ourselves, no other is."""
    check_may_bring(actor)
    Brand.objects.filter(is_us=True).update(is_us=False)
    Brand.objects.filter(pk=brand.pk).update(is_us=True)
    append(actor=actor, now=now, events=[Event("brand.us", "brand", brand.pk, {})])
    brand.refresh_from_db()
    return brand


@transaction.atomic
def rename_brand(*, actor: Actor, now: datetime, brand: Brand, name: str) -> Brand:
    """Into the name of another one: the two become one."""
    check_may_bring(actor)
    kept = " ".join(name.split())[:120]
    if not kept:
        message = _("Give the brand a name.")
        raise Invalid(message, fields={"name": [message]})
    was = brand.pk
    other = Brand.objects.filter(name__iexact=kept).exclude(pk=was).first()
    if other is None:
        brand.name = kept
        brand.save(update_fields=["name"])
    else:
        _join(brand, other)
    append(actor=actor, now=now, events=[Event("brand.renamed", "brand", was, {"to": kept})])
    return other or brand


def _join(brand: Brand, other: Brand) -> None:
    both = set(brand.answers.values_list("panel_id", "person")) & set(
        other.answers.values_list("panel_id", "person")
    )
    if any(person for _panel, person in both):
        raise Conflict(
            _("People rated both “%(one)s” and “%(other)s” in one panel: they are not the same.")
            % {"one": brand, "other": other}
        )
    brand.answers.update(brand=other)
    if brand.is_us:
        Brand.objects.filter(pk=brand.pk).update(is_us=False)
        Brand.objects.filter(pk=other.pk).update(is_us=True)
    brand.delete()


def _check(draft: PanelDraft) -> None:
    fields: dict[str, list[str]] = {}
    if not draft.name.strip():
        fields["name"] = [_("Give the panel a name.")]
    if draft.fielded_to < draft.fielded_from:
        fields["fielded_to"] = [_("The last day lies before the first.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
