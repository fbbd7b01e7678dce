"""Staff pages: the list of issues, and one of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.door import StaffRequest, staff
from loopwell.console.issues.forms import Choices, JoinForm, WordsForm, WorkForm
from loopwell.console.issues.timeline import timeline
from loopwell.huddles.enums import IssueState
from loopwell.huddles.operations.issues import look_at
from loopwell.huddles.queries import issues as queries
from loopwell.huddles.queries.evidence import can_take_work, pieces_of, steps_of, voices_by_unit
from loopwell.huddles.rules.likeness import Wording
from loopwell.initiatives.queries.seeing import about, may_propose

PER_PAGE, JOINABLE = 25, 200
TABS = (
    ("new", IssueState.NEW),
    ("waiting", IssueState.ASKED),
    ("work", IssueState.ACCEPTED),
    ("answered", IssueState.ANSWERED),
    ("mine", None),
)


def tab_label(name: str) -> str:
    return {
        "new": _("New"),
        "waiting": _("Waiting for a reply"),
        "work": _("In work"),
        "answered": _("Answered"),
        "mine": _("Mine"),
    }[name]


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    states, counts = dict(TABS), queries.counts(actor)
    tab = request.GET.get("tab", "")
    if tab not in states:
        tab = "new" if queries.is_office(actor) else "mine"
    state = states[tab]
    context = {
        "tab": tab,
        "tabs": [
            (name, tab_label(name), counts.get(each.value if each else "mine", 0))
            for name, each in TABS
        ],
        "page": Paginator(queries.listed(actor, state), PER_PAGE).get_page(request.GET.get("page")),
        "any": any(counts.values()),
        "may_raise": queries.may_raise(actor),
        "answering": queries.answering(actor, now),
        "today": timezone.localdate(now),
        "now": now,
    }
    return render(request, "console/issues/list.html", context)


@staff(Right.READ_ANSWERS)
def issue(request: StaffRequest, ref: str) -> HttpResponse:
    return issue_page(request, ref)


def issue_page(
    request: StaffRequest, ref: str, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """`forms` are those with complaints; the others are empty."""
    actor, now = request.actor, timezone.now()
    found = queries.issue_by_ref(actor, ref)
    look_at(actor=actor, now=now, issue=found)
    has_it = queries.has_it(actor, found)
    acts = acts_of(actor, found.state, has_it=has_it)
    context = {
        "issue": found,
        "moments": timeline(steps_of(found)),
        "pieces": pieces_of(actor, found),
        "voices": voices_by_unit(found),
        "duplicates": list(queries.visible_to(actor).filter(joined_to=found)),
        "has_it": has_it,
        "raised_it": found.by_id is not None and found.by_id == actor.user_id,
        "may_support": queries.may_raise(actor) and not has_it and found.state != IssueState.JOINED,
        "tells": found.state in (IssueState.ACCEPTED, IssueState.ANSWERED)
        and actor.may(Right.WORK_CASES),
        "sees_first": found.joined_to is not None
        and queries.visible_to(actor).filter(pk=found.joined_to_id or 0).exists(),
        "forms": {verb: form_for(actor, found, verb) for verb in acts} | (forms or {}),
        "initiatives": about(actor, issue=found),
        "may_propose": may_propose(actor),
        "today": timezone.localdate(now),
        "now": now,
    }
    return render(request, "console/issues/issue.html", context, status=status)


def acts_of(actor: Actor, state: str, *, has_it: bool) -> list[str]:
    """What the reader may do with it now."""
    found = []
    if has_it and state == IssueState.ASKED:
        found.append("reply")
    if has_it and state == IssueState.ANSWERED:
        found.append("reopen")
    if queries.is_office(actor) and state in queries.OPEN:
        found += ["accept", "answer", "join"] + (["ask"] if state != IssueState.ASKED else [])
    return found


def form_for(actor: Actor, issue: Any, verb: str, data: Any = None) -> Any:
    if verb == "accept":
        owner = issue.work_owner.ref if issue.work_owner else ""
        first = {"work": issue.work, "owner": owner, "due_on": issue.due_on}
        return WorkForm(data, people=_people(actor), initial=first, prefix="accept")
    if verb == "join":
        return JoinForm(data, issues=_joinable(actor, issue), prefix="join")
    labels = {
        "answer": _("What came of it, or why nothing will be done"),
        "ask": _("Your question"),
        "reply": _("Your reply"),
        "reopen": _("What is still wrong"),
    }
    return WordsForm(data, label=labels[verb], prefix=verb)


def _people(actor: Actor) -> Choices:
    return [
        (each.ref, f"{each} · {each.unit}" if each.unit else str(each))
        for each in can_take_work(actor)
    ]


def _joinable(actor: Actor, issue: Any) -> Choices:
    """Those most alike first, then the other ones by age."""
    wording = Wording(issue.title, issue.text, issue.theme_id)
    likely = queries.likely_duplicates(actor, wording, apart=issue)
    rows = queries.visible_to(actor).exclude(pk__in=[issue.pk, *(each.issue.pk for each in likely)])
    first = [
        (
            each.issue.ref,
            _("%(title)s (%(percent)s%% alike)")
            % {"title": each.issue.title, "percent": each.likeness.percent},
        )
        for each in likely
    ]
    rest = rows.exclude(state=IssueState.JOINED)[:JOINABLE]
    return [*first, *((row.ref, row.title) for row in rest)]
