"""Which answers does somebody see, and which of them meet a filter?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import NotFound
from loopwell.responses.models import Response
from loopwell.responses.queries.filters import (
    CATEGORIES,
    NOTHING,
    AnswerFilter,
    in_time,
    of_kind,
    with_properties,
)
from loopwell.surveys.enums import ANONYMOUS


@dataclass(frozen=True)
class Tally:
    """How a selection of answers splits into categories."""

    n: int
    promoters: int
    detractors: int


def visible_to(actor: Actor) -> QuerySet[Response]:
    """Answers of the actor's units and accounts; test answers are kept apart, and anonymous ones
    are seen by nobody (see `groups`)."""
    require(actor, Right.READ_ANSWERS)
    return Response.objects.filter(
        actor.within(Right.READ_ANSWERS).rows(account="account"), is_test=False
    ).exclude(kind__in=ANONYMOUS)


def answers(actor: Actor, wanted: AnswerFilter) -> QuerySet[Response]:
    """The newest first, with everything a list shows."""
    rows = matching(actor, wanted)
    related = ("customer", "account", "unit", "employee", "survey", "case", "joined_case__case")
    return rows.select_related(*related).order_by("-answered_at", "-id")


def tally(actor: Actor, wanted: AnswerFilter) -> Tally:
    found = matching(actor, wanted).aggregate(
        n=Count("pk"),
        promoters=Count("pk", filter=CATEGORIES["promoter"]),
        detractors=Count("pk", filter=CATEGORIES["detractor"]),
    )
    return Tally(**found)


def newest_comments(actor: Actor, wanted: AnswerFilter, limit: int) -> Sequence[Response]:
    rows = matching(actor, wanted).exclude(comment="")
    related = ("customer", "account", "unit", "employee", "case", "joined_case__case")
    return list(rows.select_related(*related).order_by("-answered_at", "-id")[:limit])


def newest_answer_at(actor: Actor) -> datetime | None:
    return visible_to(actor).order_by("-answered_at").values_list("answered_at", flat=True).first()


def answer_by_ref(actor: Actor, ref: str) -> Response:
    """Raises NotFound for outsiders too."""
    related = (
        "customer", "account", "unit__parent", "employee", "survey", "version", "invitation__wave",
        "interaction", "case__owner",
    )  # fmt: skip
    require(actor, Right.READ_ANSWERS)
    mine = Response.objects.filter(actor.within(Right.READ_ANSWERS).rows(account="account"))
    mine = mine.filter(~Q(kind__in=ANONYMOUS) | Q(is_test=True))
    found = mine.filter(ref=ref).select_related(*related).first()
    if found is None:
        raise NotFound(_("There is no such answer."))
    return found


def touchpoints(actor: Actor) -> Sequence[str]:
    return _distinct(actor, "touchpoint")


def languages(actor: Actor) -> Sequence[str]:
    return _distinct(actor, "language")


def _distinct(actor: Actor, column: str) -> Sequence[str]:
    rows = visible_to(actor).exclude(**{column: ""}).order_by(column)
    return list(rows.values_list(column, flat=True).annotate(Max("pk")).order_by(column))


def matching(actor: Actor, wanted: AnswerFilter) -> QuerySet[Response]:
    rows = visible_to(actor)
    found = CATEGORIES.get(wanted.category, Q())
    if wanted.unit_path:
        found &= Q(unit__path__startswith=wanted.unit_path)
    found &= of_kind(wanted, "kind")
    for column, lookup in (("kind", "kind"), ("survey", "survey__ref")):
        if value := getattr(wanted, column):
            found &= Q(**{lookup: value})
    for column in ("touchpoint", "language", "source", "product"):
        if value := getattr(wanted, column):
            found &= Q(**{column: "" if value == NOTHING else value})
    found &= _who_and_how(wanted)
    if wanted.with_comment:
        found &= ~Q(comment="")
    rows = in_time(rows.filter(found), wanted, "answered_at")
    rows = with_properties(rows, wanted)
    return rows.filter(_says(actor, wanted.text)) if wanted.text else rows


def _who_and_how(wanted: AnswerFilter) -> Q:
    """Which scores, from whom, about whom."""
    found = Q()
    if wanted.score is not None:
        found &= Q(score=wanted.score)
    if wanted.scores is not None:
        found &= Q(score__range=wanted.scores)
    if wanted.employee is not None:
        found &= Q(employee=wanted.employee)
    if wanted.account is not None:
        found &= Q(account=wanted.account)
    if wanted.channel == NOTHING:
        found &= Q(interaction=None) | Q(interaction__channel="")
    elif wanted.channel:
        found &= Q(interaction__channel=wanted.channel)
    if wanted.theme == NOTHING:
        found &= Q(mentions=None)
    elif wanted.theme:
        levels = ("theme__slug", "theme__parent__slug", "theme__parent__parent__slug")
        about = reduce(or_, (Q(**{f"mentions__{level}": wanted.theme}) for level in levels))
        found &= Q(pk__in=Response.objects.filter(about).values("pk"))
    if wanted.decision_role == NOTHING:
        found &= Q(customer=None) | Q(customer__decision_role="")
    elif wanted.decision_role:
        found &= Q(customer__decision_role=wanted.decision_role)
    return found


def _says(actor: Actor, text: str) -> Q:
    """In the comment, and in the customer's name for who may know it.

    SQLite folds case for ASCII alone, hence several forms.
    """
    forms = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    found = Q()
    for form in forms:
        found |= Q(comment__icontains=form)
    if not actor.may(Right.READ_CUSTOMERS):
        return found
    for form in forms:
        found |= Q(customer__name__icontains=form)
    return found | Q(customer__email__iexact=text)


def answer_by_key(actor: Actor, key: str | None) -> Response | None:
    """What was stored under an idempotency key (the key is its caller's own)."""
    require(actor, Right.WRITE_ANSWERS)
    if key is None:
        return None
    related = ("survey", "customer", "account", "unit", "employee")
    return Response.objects.filter(import_key=key).select_related(*related).first()
