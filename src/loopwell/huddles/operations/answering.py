"""How does the office answer an issue, and what do those who raised it say to that?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.queries import visible_users
from loopwell.access.rules import Actor, require
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Evidence, Issue, Supporter
from loopwell.huddles.operations.issues import add_evidence, check_has, step, told, voices
from loopwell.huddles.queries.issues import is_office, office, state_before_asking
from loopwell.kit.errors import Conflict, Forbidden, Invalid


@dataclass(frozen=True)
class Work:
    """What will be done about an issue (an initiative, or a plain deed), by whom, until when."""

    what: str
    owner: User | None = None
    due_on: date | None = None


@transaction.atomic
def accept_issue(*, actor: Actor, now: datetime, issue: Issue, work: Work) -> Issue:
    """Also changes what was planned before; who raised it and who does it are told."""
    _check_office(actor)
    issue = _locked(issue)
    _check_state(issue, IssueState.NEW, IssueState.ASKED, IssueState.ACCEPTED)
    _check_work(actor, now, work)
    before = issue.work_owner_id
    issue.state, issue.work = IssueState.ACCEPTED, work.what.strip()[:300]
    issue.work_owner, issue.due_on = work.owner, work.due_on
    issue.first_answer_at = issue.first_answer_at or now
    issue.save()
    step(actor, now, issue, IssueState.ACCEPTED, issue.work)
    _answered_too(issue, now)
    told(actor, now, issue, "issue.accepted", voices(issue))
    if work.owner is not None and work.owner.pk != before:
        told(actor, now, issue, "issue.given", [work.owner.pk])
    return issue


def _check_work(actor: Actor, now: datetime, work: Work) -> None:
    fields = {}
    if not work.what.strip():
        fields["work"] = [_("Say what will be done.")]
    known = visible_users(actor).filter(is_active=True)
    if work.owner is not None and not known.filter(pk=work.owner.pk).exists():
        fields["owner"] = [_("Choose somebody who works here.")]
    if work.due_on is not None and work.due_on < localdate(now):
        fields["due_on"] = [_("Choose a day that is still to come.")]
    _refuse(fields)


@transaction.atomic
def answer_issue(*, actor: Actor, now: datetime, issue: Issue, text: str) -> Issue:
    """With what was done, or with the reason why nothing will be; no answer is without words."""
    _check_office(actor)
    issue = _locked(issue)
    _check_state(issue, IssueState.NEW, IssueState.ASKED, IssueState.ACCEPTED)
    _check_text(text, _("Say what came of it, or why nothing will be done."))
    issue.state = IssueState.ANSWERED
    issue.first_answer_at = issue.first_answer_at or now
    issue.save(update_fields=["state", "first_answer_at"])
    step(actor, now, issue, IssueState.ANSWERED, text.strip())
    _answered_too(issue, now)
    told(actor, now, issue, "issue.answered", voices(issue))
    return issue


def _answered_too(issue: Issue, now: datetime) -> None:
    """Whose issue was joined to this one has their answer, too."""
    issue.duplicates.filter(first_answer_at=None).update(first_answer_at=now)


@transaction.atomic
def ask_back(*, actor: Actor, now: datetime, issue: Issue, text: str) -> Issue:
    _check_office(actor)
    issue = _locked(issue)
    _check_state(issue, IssueState.NEW, IssueState.ACCEPTED)
    _check_text(text, _("Write your question."))
    issue.state = IssueState.ASKED
    issue.save(update_fields=["state"])
    step(actor, now, issue, IssueState.ASKED, text.strip())
    told(actor, now, issue, "issue.asked", voices(issue))
    return issue


@transaction.atomic
def reply(*, actor: Actor, now: datetime, issue: Issue, text: str) -> Issue:
    """To the office's question, by somebody who has the issue; it returns to where it was."""
    check_has(actor, issue)
    issue = _locked(issue)
    _check_state(issue, IssueState.ASKED)
    _check_text(text, _("Write your reply."))
    issue.state = state_before_asking(issue)
    issue.save(update_fields=["state"])
    step(actor, now, issue, IssueState(issue.state), text.strip())
    told(actor, now, issue, "issue.replied", office())
    return issue


@transaction.atomic
def reopen(*, actor: Actor, now: datetime, issue: Issue, text: str) -> Issue:
    """“Not solved”: by somebody who has it, with what is still wrong."""
    check_has(actor, issue)
    issue = _locked(issue)
    _check_state(issue, IssueState.ANSWERED)
    _check_text(text, _("Say what is still wrong."))
    issue.state, issue.work, issue.work_owner, issue.due_on = IssueState.NEW, "", None, None
    issue.save()
    step(actor, now, issue, IssueState.NEW, text.strip())
    told(actor, now, issue, "issue.reopened", office())
    return issue


@transaction.atomic
def join_issue(*, actor: Actor, now: datetime, issue: Issue, first: Issue) -> Issue:
    """The same one was raised before: what shows it and who has it go to the first."""
    _check_office(actor)
    issue, first = _locked(issue), _locked(first)
    if issue.pk == first.pk:
        raise Conflict(_("An issue cannot be joined to itself."))
    _check_state(issue, IssueState.NEW, IssueState.ASKED, IssueState.ACCEPTED)
    if first.state == IssueState.JOINED:
        raise Conflict(_("That issue was joined to another itself: choose the one it went to."))
    people = voices(issue)
    pairs = list(issue.evidence.values_list("case_id", "response_id"))
    step(actor, now, issue, IssueState.JOINED, first.title)
    _move_voices(issue, first)
    Evidence.objects.filter(issue=issue).delete()
    add_evidence(first, pairs, issue.by_id, now)
    issue.duplicates.update(joined_to=first)
    issue.state, issue.joined_to = IssueState.JOINED, first
    if first.first_answer_at is not None:
        issue.first_answer_at = issue.first_answer_at or now
    issue.save()
    told(actor, now, issue, "issue.joined", people)
    return first


def _move_voices(issue: Issue, first: Issue) -> None:
    known = first.supporters.values_list("user_id", flat=True)
    Supporter.objects.filter(issue=issue, user_id__in=list(known)).delete()
    Supporter.objects.filter(issue=issue).update(issue=first, seen_at=None)


def _locked(issue: Issue) -> Issue:
    """As it is now, so that two answers at once do not both count."""
    return Issue.objects.select_for_update().get(pk=issue.pk)


def _check_office(actor: Actor) -> None:
    require(actor, Right.RUN_SURVEYS)
    if not is_office(actor):
        raise Forbidden(_("Issues are answered by those who run the programme of the company."))


def _check_state(issue: Issue, *states: IssueState) -> None:
    if issue.state not in states:
        raise Conflict(
            _("This does not fit any more: the issue is “%(state)s”.")
            % {"state": issue.get_state_display()}
        )


def _check_text(text: str, message: str) -> None:
    _refuse({} if text.strip() else {"text": [message]})


def _refuse(fields: dict[str, list[str]]) -> None:
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)
