"""Who was asked and never answered, so that somebody should call them?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from loopwell.cases.models import Case, Rule
from loopwell.cases.queries.facts import silent_facts
from loopwell.cases.rules import Facts, first_match
from loopwell.people.enums import DecisionRole
from loopwell.responses.models import Response
from loopwell.sampling.models import Invitation, OptOut
from loopwell.surveys.enums import OUR_CUSTOMERS, SurveyKind

REACHES_BACK = timedelta(days=30)
"""A rule looks at those whose time to answer ended at most so long ago: who was silent before
that is asked again sooner than called, and a new rule does not open a thousand cases at once."""


def silent(
    rules: Iterable[Rule], *, now: datetime, again: bool = False
) -> Iterator[tuple[int, Facts, Rule]]:
    """Ids of invitations, what is known of them, and the rule that calls for a case; `again`
    those that have one already too.

    The silence begins when the invitation runs out, as until then they can answer, whether it
    came from a sending or from a programme that asks a few people every day. Without roles in
    the decision a rule means those who decide; without a survey, surveys of the relationship.
    """
    known = [_with_defaults(rule) for rule in rules]
    if not known:
        return
    soonest = now - timedelta(days=min(rule.silent_days for rule in known))
    rows = _unanswered(now, again=again).filter(expires_at__lte=soonest)
    roles = {role for rule in known for role in rule.decision_roles}
    rows = rows.filter(customer__decision_role__in=roles)
    columns = ("pk", "expires_at", "version__survey__kind")
    asked = {pk: (end, kind) for pk, end, kind in rows.order_by().values_list(*columns)}
    if not asked:
        return
    for pk, facts in silent_facts(rows.order_by("expires_at", "pk")):
        ended, kind = asked[pk]
        fitting = (
            rule
            for rule in known
            if ended + timedelta(days=rule.silent_days) <= now
            and (rule.survey_id is not None or kind == SurveyKind.RELATIONSHIP)
        )
        rule = first_match(fitting, facts)
        if rule is not None:
            yield pk, facts, rule


def _with_defaults(rule: Rule) -> Rule:
    if not rule.decision_roles:
        rule.decision_roles = [DecisionRole.DECIDES.value]
    return rule


def _unanswered(now: datetime, *, again: bool) -> QuerySet[Invitation]:
    """Asked, reached and silent, and nobody has spoken with them since.

    Left out: whose message bounced (they never saw it), who declined, complained or opted out
    (they told us to leave them alone), who answered another survey of ours since, and who has
    or had a case since: somebody looks after them already.
    """
    since = Q(customer=OuterRef("customer"))
    answered = Response.objects.filter(
        since, is_test=False, kind__in=OUR_CUSTOMERS, answered_at__gte=OuterRef("sent_at")
    )
    looked_after = Case.objects.filter(
        since & (Q(closed_at=None) | Q(opened_at__gte=OuterRef("sent_at")))
    )
    left = OptOut.objects.filter(since).filter(
        Q(programme=None) | Q(programme=OuterRef("programme"))
    )
    rows = Invitation.objects.all()
    if not again:
        rows = rows.filter(~Exists(looked_after), case=None)
    return rows.filter(
        ~Exists(answered),
        ~Exists(left),
        is_test=False,
        version__survey__kind__in=OUR_CUSTOMERS,
        sent_at__isnull=False,
        answered_at=None,
        bounced_at=None,
        complained_at=None,
        declined_at=None,
        expires_at__gt=now - REACHES_BACK,
    )
