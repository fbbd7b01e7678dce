"""Who was asked in a period, and who of them has answered? The rows behind the response rate."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.responses.queries.filters import (
    NOTHING,
    AnswerFilter,
    in_time,
    of_kind,
    with_properties,
)
from loopwell.sampling.models import Invitation
from loopwell.surveys.enums import ANONYMOUS

ANSWERED = {"yes": Q(answered_at__isnull=False), "no": Q(answered_at=None)}


@dataclass(frozen=True)
class AskedTally:
    """Messages that arrived, and how many of them were answered."""

    n: int
    answered: int


def asked(actor: Actor, wanted: AnswerFilter, answered: str = "") -> QuerySet[Invitation]:
    """Invitations that arrived, the last planned first; of answered ones ("yes", "no") alone.
    Those to anonymous surveys are counted and not listed."""
    rows = _arrived(actor, wanted).filter(ANSWERED.get(answered, Q()))
    rows = rows.exclude(version__survey__kind__in=ANONYMOUS)
    related = ("customer", "account", "unit", "employee", "version__survey")
    return rows.select_related(*related).order_by("-id")


def asked_tally(actor: Actor, wanted: AnswerFilter) -> AskedTally:
    found = _arrived(actor, wanted).aggregate(
        n=Count("pk"), answered=Count("pk", filter=ANSWERED["yes"])
    )
    return AskedTally(**found)


@dataclass(frozen=True)
class AskedScores:
    """Messages that arrived, and the answers to them by category, promoters first; `late` are the
    answers that came after a reminder."""

    n: int
    answered: tuple[int, int, int]
    late: tuple[int, int, int]


def asked_scores(actor: Actor, wanted: AnswerFilter) -> AskedScores:
    """In one statement; nothing of anonymous surveys, whose answers know no message."""
    rows = _arrived(actor, wanted).exclude(version__survey__kind__in=ANONYMOUS)
    later = Q(response__answered_at__gt=F("reminded_at"))
    found = rows.aggregate(
        n=Count("pk"),
        **{name: Count("pk", filter=where) for name, where in _SCORES.items()},
        **{f"late_{name}": Count("pk", filter=where & later) for name, where in _SCORES.items()},
    )
    promoters, passives, detractors = (found[name] for name in _SCORES)
    late = (found["late_promoter"], found["late_passive"], found["late_detractor"])
    return AskedScores(found["n"], (promoters, passives, detractors), late)


_SCORES = {
    "promoter": Q(response__score__gte=9),
    "passive": Q(response__score__in=(7, 8)),
    "detractor": Q(response__score__lte=6),
}


def _arrived(actor: Actor, wanted: AnswerFilter) -> QuerySet[Invitation]:
    """As the response rate counts them: by the day of sending, without what came back."""
    require(actor, Right.READ_ANSWERS)
    rows = Invitation.objects.filter(
        actor.within(Right.READ_ANSWERS).rows(account="account"), is_test=False, bounced_at=None
    ).exclude(sent_at=None)
    found = Q()
    if wanted.unit_path:
        found &= Q(unit__path__startswith=wanted.unit_path)
    if wanted.language:
        found &= Q(language="" if wanted.language == NOTHING else wanted.language)
    found &= of_kind(wanted, "version__survey__kind")
    for column in ("kind", "touchpoint", "ref"):
        value = getattr(wanted, "survey" if column == "ref" else column)
        if value:
            said = "" if value == NOTHING else value
            found &= Q(**{f"version__survey__{column}": said})
    return with_properties(in_time(rows.filter(found), wanted, "sent_at"), wanted)
