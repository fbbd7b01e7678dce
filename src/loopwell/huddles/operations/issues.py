"""How is an issue raised that a team cannot solve, and who shares it?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import Unit, User
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Evidence, Issue, IssueStep, Supporter
from loopwell.huddles.queries.issues import (
    has_it,
    may_raise,
    office,
    units_to_raise_for,
    visible_to,
)
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.themes.models import Theme


@dataclass(frozen=True)
class Shown:
    """What shows an issue: cases and answers."""

    cases: Sequence[Case] = ()
    answers: Sequence[Response] = ()


@dataclass(frozen=True)
class IssueDraft:
    title: str
    text: str
    unit: Unit | None
    theme: Theme | None = None
    shown: Shown = field(default_factory=Shown)


@transaction.atomic
def raise_issue(*, actor: Actor, now: datetime, draft: IssueDraft) -> Issue:
    """By whoever works cases or leads; the office is told."""
    if not may_raise(actor):
        require(actor, Right.WORK_CASES)
    _check(actor, draft)
    issue = Issue.objects.create(
        unit=draft.unit,
        title=draft.title.strip()[:150],
        text=draft.text.strip(),
        theme=draft.theme,
        by_id=actor.user_id,
        at=now,
    )
    if actor.user_id is not None:
        _add_voice(issue, actor.user_id, now, draft.unit)
    show(actor=actor, now=now, issue=issue, shown=draft.shown)
    step(actor, now, issue, IssueState.NEW, "")
    told(actor, now, issue, "issue.raised", office())
    return issue


def _check(actor: Actor, draft: IssueDraft) -> None:
    fields = {}
    if not draft.title.strip():
        fields["title"] = [_("Say in a few words what is wrong.")]
    if not draft.text.strip():
        fields["text"] = [_("Tell what happens, how often, and what it does to customers.")]
    if draft.unit is None:
        fields["unit"] = [_("Choose the unit you raise it for.")]
    elif not units_to_raise_for(actor).filter(pk=draft.unit.pk).exists():
        fields["unit"] = [_("This unit is not yours.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)


@transaction.atomic
def support_issue(
    *, actor: Actor, now: datetime, issue: Issue, shown: Shown | None = None
) -> Issue:
    """“That is ours too”: they hear the answer as well; what they saw is added as evidence."""
    if not may_raise(actor):
        require(actor, Right.WORK_CASES)
    if actor.user_id is None:
        raise Forbidden(_("Only people support an issue."))
    if not visible_to(actor).filter(pk=issue.pk).exists():
        raise NotFound(_("There is no such issue."))
    if issue.state == IssueState.JOINED:
        raise Conflict(_("This issue was joined to another: support that one."))
    unit = User.objects.select_related("unit").get(pk=actor.user_id).unit
    _add_voice(issue, actor.user_id, now, unit)
    if shown is not None:
        show(actor=actor, now=now, issue=issue, shown=shown)
    told(actor, now, issue, "issue.supported", [])
    return issue


@transaction.atomic
def stop_supporting(*, actor: Actor, now: datetime, issue: Issue) -> None:
    """The one who raised it stays."""
    if issue.by_id == actor.user_id:
        raise Conflict(_("You raised this issue: it stays yours."))
    if issue.supporters.filter(user_id=actor.user_id or 0).delete()[0]:
        told(actor, now, issue, "issue.left", [])


def _add_voice(issue: Issue, user_id: int, now: datetime, unit: Unit | None) -> None:
    """Who comes to an issue has just read it."""
    Supporter.objects.get_or_create(
        issue=issue, user_id=user_id, defaults={"unit": unit, "at": now, "seen_at": now}
    )


@transaction.atomic
def show(*, actor: Actor, now: datetime, issue: Issue, shown: Shown) -> int:
    """Adds what the actor sees as evidence, each once; returns how many are new."""
    cases, answers = list(shown.cases), list(shown.answers)
    seen = visible_cases(actor).filter(pk__in=[case.pk for case in cases]).count()
    if seen != len({case.pk for case in cases}):
        raise NotFound(_("There is no such case."))
    if answers:
        seen = visible_answers(actor).filter(pk__in=[each.pk for each in answers]).count()
        if seen != len({each.pk for each in answers}):
            raise NotFound(_("There is no such answer."))
    pairs = [(case.pk, case.response_id) for case in cases] + [(None, one.pk) for one in answers]
    return add_evidence(issue, pairs, actor.user_id, now)


def add_evidence(
    issue: Issue, pairs: Sequence[tuple[int | None, int | None]], by_id: int | None, now: datetime
) -> int:
    """Pairs of case and answer; neither twice."""
    known = list(Evidence.objects.filter(issue=issue).values_list("case_id", "response_id"))
    cases = {case for case, _answer in known if case}
    answers = {answer for _case, answer in known if answer}
    fresh = []
    for case, answer in pairs:
        if (case and case in cases) or (answer and answer in answers):
            continue
        cases |= {case} if case else set()
        answers |= {answer} if answer else set()
        fresh.append(Evidence(issue=issue, case_id=case, response_id=answer, by_id=by_id, at=now))
    return len(Evidence.objects.bulk_create(fresh))


@transaction.atomic
def look_at(*, actor: Actor, now: datetime, issue: Issue) -> None:
    """Whoever has the issue has read its newest answer."""
    issue.supporters.filter(user_id=actor.user_id or 0, seen_at=None).update(seen_at=now)


def check_has(actor: Actor, issue: Issue) -> None:
    if not visible_to(actor).filter(pk=issue.pk).exists():
        raise NotFound(_("There is no such issue."))
    if not has_it(actor, issue):
        raise Forbidden(_("Only those who raised the issue or support it can do this."))


def step(actor: Actor, now: datetime, issue: Issue, state: IssueState, text: str) -> None:
    """Who did what to the issue; those who have it have something new to read."""
    IssueStep.objects.create(issue=issue, state=state, text=text, by_id=actor.user_id, at=now)
    issue.supporters.exclude(user_id=actor.user_id or 0).update(seen_at=None)


def voices(issue: Issue) -> list[int]:
    """Whoever raised the issue or supports it."""
    rows = set(issue.supporters.values_list("user_id", flat=True))
    return sorted(rows | ({issue.by_id} if issue.by_id else set()))


def told(actor: Actor, now: datetime, issue: Issue, what: str, people: Sequence[int]) -> None:
    payload = {
        "issue": issue.pk,
        "ref": issue.ref,
        "title": issue.title,
        "unit": issue.unit_id,
        "tell": [user for user in people if user != actor.user_id],
    }
    append(actor=actor, now=now, events=[Event(what, "issue", issue.pk, payload)])
