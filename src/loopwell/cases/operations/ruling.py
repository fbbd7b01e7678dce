"""How does the company decide which answers open cases, and how soon somebody must call?

Open cases keep their deadlines whatever happens to the rule.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Rule
from loopwell.cases.queries.drafting import RuleChange, drafted, wishes_of
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden, Invalid


@transaction.atomic
def save_rule(*, actor: Actor, now: datetime, rule: Rule | None, wanted: RuleChange) -> Rule:
    """Changes a rule or, without one, adds it last."""
    may_rule(actor)
    changed = drafted(wanted, rule=rule)
    if rule is None:
        changed.position = last_position() + 1
    changed.save()
    tell_rule(actor, now, changed, "changed" if rule else "added")
    return changed


@transaction.atomic
def remove_rule(*, actor: Actor, now: datetime, rule: Rule) -> None:
    """Its cases stay, with all that was done."""
    may_rule(actor)
    tell_rule(actor, now, rule, "removed")
    rule.delete()


@transaction.atomic
def switch_rule(*, actor: Actor, now: datetime, rule: Rule, on: bool) -> Rule:
    may_rule(actor)
    rule.is_active = on
    rule.save(update_fields=["is_active"])
    tell_rule(actor, now, rule, "on" if on else "off")
    return rule


@transaction.atomic
def copy_rule(*, actor: Actor, now: datetime, rule: Rule) -> Rule:
    """A rule like it, switched off, right behind it."""
    may_rule(actor)
    name = (_("%(name)s, copy") % {"name": rule.name})[:100]
    made = drafted(replace(wishes_of(rule), name=name, is_active=False))
    made.position = last_position() + 1
    made.save()
    order = [each for each in Rule.objects.all() if each.pk != made.pk]
    at = next(number for number, each in enumerate(order) if each.pk == rule.pk)
    _place([*order[: at + 1], made, *order[at + 1 :]])
    tell_rule(actor, now, made, "added")
    return made


@transaction.atomic
def move_rule(*, actor: Actor, now: datetime, rule: Rule, up: bool) -> None:
    """Changes places with the one before (or behind) it; at the end nothing happens."""
    may_rule(actor)
    order = list(Rule.objects.select_for_update())
    at = next(number for number, each in enumerate(order) if each.pk == rule.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    _place(order)
    tell_rule(actor, now, rule, "moved")


@transaction.atomic
def order_rules(*, actor: Actor, now: datetime, refs: Sequence[str]) -> Sequence[Rule]:
    """Puts all rules into this order; each must be named once."""
    may_rule(actor)
    known = {rule.ref: rule for rule in Rule.objects.select_for_update()}
    if sorted(refs) != sorted(known):
        message = _("Name every rule exactly once, first the one that is looked at first.")
        raise Invalid(message, fields={"rules": [message]})
    order = [known[ref] for ref in refs]
    _place(order)
    for rule in order:
        tell_rule(actor, now, rule, "moved")
    return order


def may_rule(actor: Actor) -> None:
    """Rules hold for the whole company: who runs the programme of a part may not change them."""
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(
            _("These rules hold for the whole company; its programme manager changes them.")
        )


def last_position() -> int:
    last = Rule.objects.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def _place(order: Sequence[Rule]) -> None:
    for number, rule in enumerate(order, start=1):
        rule.position = number
    Rule.objects.bulk_update(order, ["position"])


def tell_rule(actor: Actor, now: datetime, rule: Rule, what: str) -> None:
    event = Event("rule.changed", "rule", rule.pk, {"what": what, "name": rule.name})
    append(actor=actor, now=now, events=[event])
