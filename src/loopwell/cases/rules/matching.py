"""Does an answer, or a silence, open a case, and by which rule?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_noop

from loopwell.cases.enums import Trigger
from loopwell.cases.models import Rule
from loopwell.cases.rules.matching_text import any_word, as_number, in_share
from loopwell.surveys.questions import category_of

DEFAULT_RULE = gettext_noop("Unhappy customers")  # named so by migration 0003
RANK = {"detractor": 0, "passive": 1, "promoter": 2}


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules may look at. `score` is None for a silence, `previous` the customer's score
    before in a survey of the same kind, `requested` that they asked for a call."""

    ref: str
    score: int | None = None
    consent: bool | None = None
    requested: bool = False
    previous: int | None = None
    survey_id: int | None = None
    touchpoint: str = ""
    unit_path: str = ""
    decision_role: str = ""
    revenue: Decimal | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    themes: frozenset[str] = frozenset()
    customer_id: int | None = None
    unit_id: int | None = None


def first_match(rules: Iterable[Rule], facts: Facts) -> Rule | None:
    """The first rule in the order given that calls for a case; None: no case."""
    return next((rule for rule in rules if rule_matches(rule, facts)), None)


def rule_matches(rule: Rule, facts: Facts) -> bool:
    """A refusal always wins; a question about contact left unanswered is no refusal."""
    if not rule.is_active or facts.consent is False:
        return False
    silent = rule.trigger == Trigger.SILENCE
    if silent is not (facts.score is None):
        return False
    return _fits_person(rule, facts) and (silent or _fits_answer(rule, facts))


def _fits_person(rule: Rule, facts: Facts) -> bool:
    """What is asked of answers and silences alike: where, about what, and who."""
    if rule.survey_id is not None and rule.survey_id != facts.survey_id:
        return False
    if rule.touchpoint and rule.touchpoint != facts.touchpoint:
        return False
    if rule.unit is not None and not facts.unit_path.startswith(rule.unit.path):
        return False
    if rule.decision_roles and facts.decision_role not in rule.decision_roles:
        return False
    least = rule.least_revenue
    if least is not None and (facts.revenue is None or facts.revenue < least):
        return False
    return _fits_segment(rule, facts) and in_share(facts.ref, rule.share)


def _fits_segment(rule: Rule, facts: Facts) -> bool:
    if rule.property_name:
        mine = str(facts.properties.get(rule.property_name, "")).strip().casefold()
        if mine not in {str(value).strip().casefold() for value in rule.property_values}:
            return False
    if rule.value_property and rule.least_value is not None:
        value = as_number(facts.properties.get(rule.value_property, ""))
        return value is not None and value >= rule.least_value
    return True


def _fits_answer(rule: Rule, facts: Facts) -> bool:
    score = facts.score
    if score is None or not rule.lowest_score <= score <= rule.highest_score:
        return False
    if rule.requires_consent and facts.consent is not True:
        return False
    if rule.contact_requested and not facts.requested:
        return False
    if rule.dropped and not _dropped(facts.previous, score):
        return False
    if rule.words and not any_word(tuple(rule.words), facts.comment):
        return False
    return not rule.themes or not facts.themes.isdisjoint(rule.themes)


def _dropped(before: int | None, now: int) -> bool:
    return before is not None and RANK[category_of(now)] < RANK[category_of(before)]


def promised_hours(rules: Sequence[Rule], *, score: int, consent: bool | None) -> int | None:
    """In how many working hours whoever says so is called for certain; None: perhaps not at all.

    Nothing but score and consent is known. A rule with further conditions may or may not take
    the answer first, so that the longest time of those up to the first certain one is promised.
    """
    longest = 0
    for rule in rules:
        known = Facts(ref="", score=score, consent=consent)
        if not rule_matches(_by_score_alone(rule), known):
            continue
        longest = max(longest, rule.due_working_hours)
        if not asks_more(rule):
            return longest
    return None


def _by_score_alone(rule: Rule) -> Rule:
    return Rule(
        is_active=rule.is_active,
        trigger=rule.trigger,
        lowest_score=rule.lowest_score,
        highest_score=rule.highest_score,
        requires_consent=rule.requires_consent,
    )


def asks_more(rule: Rule) -> bool:
    """Whether it looks at anything beside score and consent."""
    return bool(
        rule.contact_requested
        or rule.dropped
        or rule.survey_id
        or rule.touchpoint
        or rule.unit_id
        or rule.decision_roles
        or rule.least_revenue is not None
        or rule.property_name
        or rule.value_property
        or rule.words
        or rule.themes
        or rule.share < 100
    )
