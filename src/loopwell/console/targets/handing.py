"""Staff page: a target is shared out among the units below, looked at, then saved."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.console.answers.selection import today
from loopwell.console.door import StaffRequest, staff
from loopwell.console.targets import lists, words
from loopwell.kit.errors import Invalid
from loopwell.targets.enums import Period
from loopwell.targets.operations import HandDown, Proposal, TargetDraft, propose, set_targets
from loopwell.targets.queries import standings, target_by_ref, visible_targets


@dataclass(frozen=True)
class Row:
    """One unit in the table that is reviewed; `text` is what stands in its field."""

    proposal: Proposal
    name: str
    text: str
    last: str
    start: str
    has: str
    problem: str = ""


@staff(Right.SET_TARGETS)
def hand_down(request: StaffRequest, ref: str) -> HttpResponse:
    """GET proposes, POST saves the lines that are ticked."""
    target = target_by_ref(request.actor, ref)
    how = _how(request)
    proposed = propose(actor=request.actor, target=target, how=how)
    rows = [_row(target, each, _already(request, target)) for each in proposed.rows]
    problem = ""
    if request.method == "POST":
        rows = [_typed(request, row) for row in rows]
        if not any(row.problem for row in rows):
            try:
                return _saved(request, target, rows)
            except Invalid as error:
                problem = str(error)
    context = {
        "target": target,
        "line": lists.line(standings(request.actor, [target], today(timezone.now()))[0]),
        "rows": rows,
        "how": how.value,
        "together": words.measured_words(target.metric, _together(rows) or proposed.together),
        "falls_short": _falls_short(target, _together(rows)),
        "problem": problem,
        "is_nps": target.metric == "nps",
    }
    failed = problem or any(row.problem for row in rows)
    return render(request, "console/targets/hand_down.html", context, status=422 if failed else 200)


def _how(request: HttpRequest) -> HandDown:
    told = request.POST.get("how") or request.GET.get("how", "")
    return HandDown(told) if told in list(HandDown) else HandDown.SAME_STEP


def _row(target: Any, proposal: Proposal, has: dict[int, float]) -> Row:
    own = has.get(proposal.unit.pk)
    return Row(
        proposal=proposal,
        name=str(proposal.unit),
        text=_text(proposal.value) if proposal.last else "",  # nobody answers there
        last=words.measured_words(target.metric, proposal.last.value if proposal.last else None),
        start=words.measured_words(target.metric, proposal.start),
        has="" if own is None else words.value_words(target.metric, own),
    )


def _text(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _already(request: StaffRequest, target: Any) -> dict[int, float]:
    """The targets that units have for the same: saving changes them."""
    same = visible_targets(request.actor).filter(
        metric=target.metric,
        kind=target.kind,
        channel=target.channel,
        touchpoint=target.touchpoint,
        start=target.start,
        end=target.end,
    )
    return {each.unit_id: each.value for each in same if each.unit_id is not None}


def _typed(request: StaffRequest, row: Row) -> Row:
    """With what was typed; an empty field leaves the unit without a target from here."""
    text = request.POST.get(f"value-{row.proposal.unit.ref}", "").strip()
    if not text:
        return replace(row, text="")
    if lists.read_value(text) is None:
        return replace(row, text=text, problem=_("Not a number."))
    return replace(row, text=text)


def _saved(request: StaffRequest, target: Any, rows: list[Row]) -> HttpResponse:
    drafts = [
        TargetDraft(
            metric=target.metric,
            period=Period(target.period),
            day=target.start,
            value=value,
            unit=row.proposal.unit,
            kind=target.kind,
            channel=target.channel,
            touchpoint=target.touchpoint,
            above=target,
        )
        for row in rows
        if (value := lists.read_value(row.text)) is not None
    ]
    if not drafts:
        raise Invalid(_("Every field is empty: nothing would be handed down."))
    set_targets(actor=request.actor, now=timezone.now(), drafts=drafts)
    told = ngettext(
        "%(count)s unit has its target.", "%(count)s units have their targets.", len(drafts)
    )
    messages.success(request, told % {"count": len(drafts)})
    return redirect("targets:target", target.ref)


def _together(rows: list[Row]) -> float | None:
    """What the values come to, weighed by answers of the stretch before."""
    pairs = [
        (row.proposal.weight, value)
        for row in rows
        if (value := lists.read_value(row.text)) is not None
    ]
    weight = sum(weight for weight, _value in pairs)
    return sum(weight * value for weight, value in pairs) / weight if weight else None


def _falls_short(target: Any, together: float | None) -> bool:
    """Whether all units meeting theirs would still leave the one above unmet."""
    if together is None:
        return False
    gap = (
        together - target.value
        if words.higher_is_better(target.metric)
        else target.value - together
    )
    return bool(gap < -0.5)
