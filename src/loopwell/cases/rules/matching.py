"""Does an answer open a case, and by which rule?"""

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from loopwell.cases.models import Rule

DEFAULT_RULE = gettext_noop("Unhappy customers")  # named so by migration 0003


def rule_matches(rule: Rule, *, score: int, consent: bool | None) -> bool:
    """A refusal always wins; an unanswered question is one only if the rule says so."""
    if consent is False or (rule.requires_consent and consent is None):
        return False
    return rule.is_active and rule.lowest_score <= score <= rule.highest_score


def first_match(rules: Iterable[Rule], *, score: int, consent: bool | None) -> Rule | None:
    return next((rule for rule in rules if rule_matches(rule, score=score, consent=consent)), None)
