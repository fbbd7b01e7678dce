"""Staff pages: one initiative with everything that belongs to it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.access.queries import in_order, visible_units
from loopwell.access.rules import Actor
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives import foreseeing, measuring, part_forms, words
from loopwell.console.initiatives.forms import Choices
from loopwell.huddles.queries.evidence import can_take_work
from loopwell.huddles.queries.issues import visible_to as visible_issues
from loopwell.initiatives.enums import State
from loopwell.initiatives.queries.outcomes import looked_at
from loopwell.initiatives.queries.parts import spread_of, whole
from loopwell.initiatives.queries.priorities import candidate, decisions
from loopwell.initiatives.queries.seeing import (
    initiative_by_ref,
    may_agree,
    may_decide,
    may_work_on,
    visible_to,
)
from loopwell.initiatives.queries.telling import reach, tally, telling_of
from loopwell.initiatives.rules.states import AT_WORK, MOVES, WORKED

WORKING = ("milestone", "task", "roll_out", "compare", "depend", "link")
DEPENDABLE = 200


@staff(Right.READ_ANSWERS)
def initiative(request: StaffRequest, ref: str) -> HttpResponse:
    return initiative_page(request, ref)


def initiative_page(
    request: StaffRequest, ref: str, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """`forms` are those with complaints; the others are empty."""
    actor, today = request.actor, timezone.localdate()
    found = initiative_by_ref(actor, ref)
    known, works = candidate(found), may_work_on(actor, found)
    acts = ("comment", *(WORKING if works else ()))
    context = {
        "initiative": found,
        "whole": whole(actor, found),
        "spread": spread_of(found),
        "effect": words.effect(known.nps),
        **_effect(found, today),
        **_telling(found, works=works),
        "share": None if found.share is None else words.points(found.share),
        "gain": words.gain(known.money, found.currency),
        "cost": _money(found.cost, found.currency),
        "budget": _money(found.budget, found.currency),
        "icon": words.ICONS[State(found.state)],
        "history": _history(found),
        "works": works,
        "moves": moves_of(actor, found, works=works),
        "agrees": may_agree(actor, found),
        "is_late": bool(found.state in AT_WORK and found.due_on and found.due_on < today),
        "sees_decisions": decisions(actor).exists(),
        **_origin(actor, found),
        "forms": {verb: form_for(actor, found, verb) for verb in acts}
        | {
            "move": part_forms.MoveForm(prefix="move"),
            "agree": part_forms.AgreeForm(prefix="agree"),
        }
        | (forms or {}),
        "today": today,
    }
    return render(request, "console/initiatives/initiative.html", context, status=status)


def moves_of(actor: Actor, found: Any, *, works: bool) -> list[tuple[State, str, str]]:
    """Where the reader may move it to now: the state, the button's words, its icon."""
    before = State(found.state)
    decides = may_decide(actor)
    return [
        (state, words.verb(state), words.ICONS[state])
        for state in MOVES[before]
        if works and (decides or (before, state) in WORKED)
    ]


def form_for(actor: Actor, found: Any, verb: str, data: Any = None) -> Any:
    if verb == "task":
        return part_forms.TaskForm(data, choices=_people(actor), prefix=verb)
    if verb == "roll_out":
        return part_forms.RollOutForm(data, choices=_units(actor, found), prefix=verb)
    if verb == "compare":
        first = {"units": list(found.comparison.values_list("ref", flat=True))}
        return part_forms.CompareForm(data, choices=_units(actor), initial=first, prefix=verb)
    if verb == "depend":
        first = {"others": list(found.depends_on.values_list("ref", flat=True))}
        others = visible_to(actor).exclude(pk=found.pk).exclude(state=State.STOPPED)[:DEPENDABLE]
        choices = [(row.ref, row.title) for row in others]
        return part_forms.DependForm(data, choices=choices, initial=first, prefix=verb)
    plain = {
        "milestone": part_forms.MilestoneForm,
        "comment": part_forms.CommentForm,
        "link": part_forms.LinkForm,
        "move": part_forms.MoveForm,
        "agree": part_forms.AgreeForm,
    }
    return plain[verb](data, prefix=verb)


def _people(actor: Actor) -> Choices:
    return [(each.ref, f"{each} · {each.unit}" if each.unit else str(each))
            for each in can_take_work(actor)]  # fmt: skip


def _units(actor: Actor, found: Any = None) -> Choices:
    """All the reader sees, or those that an initiative is meant for."""
    rows = list(visible_units(actor))
    paths = tuple(found.units.values_list("path", flat=True)) if found else ()
    rows = [unit for unit in rows if not paths or unit.path.startswith(paths)]
    return [(unit.ref, "\u2003" * depth + str(unit)) for unit, depth in in_order(rows)]


def _effect(found: Any, today: date) -> dict[str, Any]:
    """What came of it, month by month, and by when the rest will be known."""
    context = foreseeing.effect_context(looked_at(found, today))
    return {**context, "measured": measuring.lines(context["found"])}


def _telling(found: Any, *, works: bool) -> dict[str, Any]:
    """How many of those who raised it know what became of it."""
    written, now = telling_of(found), timezone.now()
    can = works and found.roll_outs.filter(on__lte=timezone.localdate()).exists()
    if written is None:
        return {"tells": can, "written": None}
    got = reach(found, written, timezone.localdate())
    return {"tells": True, "written": written, "reach": got, "tally": tally(written, now)}


def _money(amount: Any, currency: str) -> str:
    return words.unknown() if amount is None else words.money(amount, currency)


def _history(found: Any) -> list[tuple[str, str, Any]]:
    """Each move in words, with what was said and when."""
    return [
        (words.moved(State(row.state)) % {"name": row.by or "Loopwell"}, row.note, row.at)
        for row in found.changes.select_related("by")
    ]


def _origin(actor: Actor, found: Any) -> dict[str, Any]:
    """The issue or case it came from, and those it takes care of too, if the reader may open
    them."""
    raised = list(found.raised.all())
    issues = visible_issues(actor).in_bulk({found.issue_id, *(r.issue_id for r in raised)} - {None})
    seen = visible_cases(actor).select_related("customer")
    cases = seen.in_bulk({found.case_id, *(r.case_id for r in raised)} - {None})
    return {
        "issue": issues.get(found.issue_id),
        "case": cases.get(found.case_id),
        "raised": [
            (row, issues.get(row.issue_id), cases.get(row.case_id))
            for row in raised
            if row.issue_id in issues or row.case_id in cases
        ],
    }
