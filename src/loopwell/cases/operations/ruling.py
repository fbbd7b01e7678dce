"""How does the company decide which answers open cases, and how soon somebody must call?"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Rule
from loopwell.kit.errors import Invalid

LONGEST_PROMISE = 500  # working hours: about a quarter of a year


@dataclass(frozen=True)
class RuleChange:
    """A rule as somebody wants it to be."""

    name: str
    lowest_score: int
    highest_score: int
    requires_consent: bool
    due_working_hours: int
    is_active: bool


@transaction.atomic
def save_rule(*, actor: Actor, rule: Rule | None, wanted: RuleChange) -> Rule:
    """Changes a rule or, without one, adds it last; open cases keep their deadlines."""
    require(actor, Right.RUN_SURVEYS)
    fields: dict[str, list[str]] = {}
    if not wanted.name.strip():
        fields["name"] = [_("Give the rule a name.")]
    if not 0 <= wanted.lowest_score <= wanted.highest_score <= 10:
        fields["highest_score"] = [_("Scores go from 0 to 10, the lowest first.")]
    if not 1 <= wanted.due_working_hours <= LONGEST_PROMISE:
        fields["due_working_hours"] = [_("Promise a call within 1 to 500 working hours.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
    changed = rule or Rule(position=Rule.objects.count() + 1)
    changed.name = wanted.name.strip()[:100]
    changed.lowest_score, changed.highest_score = wanted.lowest_score, wanted.highest_score
    changed.requires_consent = wanted.requires_consent
    changed.due_working_hours = wanted.due_working_hours
    changed.is_active = wanted.is_active
    changed.save()
    return changed
