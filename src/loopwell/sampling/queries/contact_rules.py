"""Which contact rules hold, in which words and in which order are they looked at?"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.sampling.enums import After, Channel
from loopwell.sampling.models import ContactException, ContactRule
from loopwell.sampling.queries.plans import contact_limit
from loopwell.sampling.rules import (
    ASKED,
    DUPLICATE,
    EXCLUSIONS,
    EXPIRED,
    NOT_DRAWN,
    QUOTA,
    Rule,
)
from loopwell.surveys.enums import SurveyKind

AFTER_OF = {
    "asked_lately": After.INVITATION,
    "answered": After.ANSWER,
    "declined": After.DECLINE,
    "called": After.CALL,
}
"""Which contact rules an exclusion enforces."""


@dataclass(frozen=True)
class Check:
    """One step of deciding: `explanation` says what it looks at now, with the rules that hold."""

    outcome: str
    label: str
    explanation: str


def contact_rules(actor: Actor) -> QuerySet[ContactRule]:
    """In their order."""
    require(actor, Right.RUN_SURVEYS)
    return ContactRule.objects.all()


def rule_by_id(actor: Actor, number: int) -> ContactRule:
    found = contact_rules(actor).filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such rule any more."))
    return found


def exceptions_allowed(actor: Actor) -> QuerySet[ContactException]:
    """Every plan of the actor's part of the company that may break a rule, newest first."""
    require(actor, Right.RUN_SURVEYS)
    scope = actor.within(Right.RUN_SURVEYS)
    rows = ContactException.objects.select_related("programme", "wave", "created_by")
    return rows.filter(scope.rows("programme__unit") | scope.rows("wave__unit")).order_by(
        "-created_at", "-pk"
    )


def in_words(rule: ContactRule | Rule) -> str:
    """ "30 days after an invitation, before a relationship survey, by e-mail"."""
    kind = getattr(rule, "kind", "")
    channel = getattr(rule, "channel", "")
    parts = [
        ngettext("%(days)d day after %(event)s", "%(days)d days after %(event)s", rule.days)
        % {"days": rule.days, "event": After(rule.after).label}
    ]
    if kind:
        parts.append(_("before a survey of the kind “%(kind)s”") % {"kind": SurveyKind(kind).label})
    if channel:
        known = dict(Channel.choices)
        parts.append(_("by %(channel)s") % {"channel": known.get(channel, channel)})
    return ", ".join(parts)


def order_of_checks() -> list[Check]:
    """How a candidate is decided upon, first to last: the first that holds is written down."""
    rules = list(ContactRule.objects.all())
    checks = [
        Check(
            EXPIRED,
            outcome_label(EXPIRED),
            _("Only after a contact: it is longer ago than the programme allows."),
        ),
        Check(
            DUPLICATE,
            outcome_label(DUPLICATE),
            _("Only after a contact: the customer has a newer one that is decided upon."),
        ),
    ]
    for each in EXCLUSIONS.values():
        words = [in_words(rule) for rule in rules if AFTER_OF.get(each.reason) == rule.after]
        checks.append(Check(each.reason, str(each.label), _explained(each.reason, words)))
    checks += [
        Check(QUOTA, outcome_label(QUOTA), _("The programme has asked as many as it may.")),
        Check(
            NOT_DRAWN,
            outcome_label(NOT_DRAWN),
            _("Lots were drawn among those who could be asked, and this one was not drawn."),
        ),
        Check(ASKED, outcome_label(ASKED), _("Nothing stands against it.")),
    ]
    return checks


def _explained(reason: str, words: list[str]) -> str:
    if reason in AFTER_OF:
        return "; ".join(words) if words else _("No contact rule says so at present.")
    if reason == "enough_today":
        most = contact_limit().most_per_day
        return (
            _("At most %(number)d a day.") % {"number": most}
            if most
            else _("No limit a day is set at present.")
        )
    return _("Always looked at; no programme may break it.")


def outcome_label(outcome: str) -> str:
    """A decision's outcome in words; an exclusion's follow a number or a name."""
    own = {
        ASKED: _("asked"),
        QUOTA: _("over the quota"),
        NOT_DRAWN: _("not drawn"),
        EXPIRED: _("too long ago"),
        DUPLICATE: _("asked about a newer contact"),
    }
    if outcome in own:
        return own[outcome]
    known = EXCLUSIONS.get(outcome)
    return str(known.label) if known else outcome
