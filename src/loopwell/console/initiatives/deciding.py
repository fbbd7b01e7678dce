"""Staff pages: which initiatives come first, what fits a budget, and what was decided?"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.answers.choices import Choice
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives import ordering, words
from loopwell.console.initiatives.part_forms import DecisionForm
from loopwell.initiatives.operations.deciding import DecisionDraft, record_decision
from loopwell.initiatives.queries import priorities as queries
from loopwell.initiatives.queries.seeing import may_decide, may_propose
from loopwell.initiatives.rules.candidates import By, Missing
from loopwell.initiatives.rules.scenario import Aim
from loopwell.kit.errors import Invalid
from loopwell.kit.tables.numbers import read_number

MOST_BUDGET = 1e11
DECISIONS = 20


@dataclass(frozen=True)
class _Page:
    """What the address asks for; `typed` is the budget as it was written, `wrong` if it is none."""

    asked: queries.Asked
    typed: str
    wrong: bool


@staff(Right.READ_ANSWERS)
def index(request: StaffRequest) -> HttpResponse:
    return _page(request, _read(request, request.GET))


@require_POST
@staff(Right.READ_ANSWERS, Right.SET_TARGETS)
def decide(request: StaffRequest) -> HttpResponse:
    """The ranking is kept as the page showed it: its choices come along."""
    page = _read(request, request.POST)
    form = _form(request, queries.priorities(request.actor, page.asked), request.POST)
    if not form.is_valid():
        return _page(request, page, form=form, status=422)
    told = form.cleaned_data
    draft = DecisionDraft(told["what"], told["why"], told["chosen"], page.asked)
    try:
        made = record_decision(actor=request.actor, now=timezone.now(), draft=draft)
    except Invalid as error:
        blame(form, error)
        return _page(request, page, form=form, status=error.status)
    messages.success(request, _("Kept. The owners of what is done are told."))
    return redirect("initiatives:decision", made.ref)


@staff(Right.READ_ANSWERS)
def decision(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.decision_by_ref(request.actor, ref)
    by = By(found.seen["by"])
    context = {
        "decision": found,
        "by": ordering.by_words(by),
        "budget": None if found.budget is None else words.money(found.budget, found.currency),
        "unranked": [
            (row, words.missing(tuple(Missing(gap) for gap in row["missing"])))
            for row in found.seen["unranked"]
        ],
        "chosen": {row.ref for row in found.chosen.all()},
        "fits": set(found.seen["fits"] or ()),
    }
    return render(request, "console/initiatives/decision.html", context)


def _read(request: StaffRequest, given: QueryDict) -> _Page:
    known = queries.currencies(request.actor)
    currency = given.get("currency", "")
    by, aim, typed = given.get("by", ""), given.get("aim", ""), given.get("budget", "").strip()
    number = read_number(typed) if typed else None
    fine = number is not None and 0 <= number < MOST_BUDGET
    return _Page(
        queries.Asked(
            currency=currency if currency in known else known[0],
            by=By(by) if by in By.__members__.values() else By.NPS_PER_COST,
            budget=Decimal(str(number)).quantize(Decimal("0.01")) if fine else None,
            aim=Aim(aim) if aim in Aim.__members__.values() else Aim.NPS,
        ),
        typed,
        bool(typed) and not fine,
    )


def _form(request: StaffRequest, found: queries.Priorities, data: Any = None) -> DecisionForm:
    fits = [found.rows[each.id].ref for each in found.scenario.chosen] if found.scenario else []
    choices = [(row.ref, row.title) for row in found.rows.values()]
    return DecisionForm(data, choices=choices, initial={"chosen": fits}, prefix="decision")


def _page(
    request: StaffRequest, page: _Page, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    actor, asked = request.actor, page.asked
    found = queries.priorities(actor, asked)
    context = {
        "asked": asked,
        "typed": page.typed,
        "wrong_budget": page.wrong,
        "finding": ordering.finding(found),
        "unit": ordering.unit_words(found),
        "lines": ordering.lines(found),
        "unranked": ordering.unranked(found),
        "elsewhere": found.elsewhere,
        "scenario": ordering.fitting(found),
        "any": bool(found.rows) or bool(found.elsewhere),
        "choices": _choices(request, asked),
        "form": form or (_form(request, found) if may_decide(actor) else None),
        "decisions": list(queries.decisions(actor)[:DECISIONS]),
        "may_propose": may_propose(actor),
        "hidden": {**{k: str(v) for k, v in asdict(asked).items()}, "budget": page.typed},
        "here": reverse("initiatives:priorities"),
    }
    return render(request, "console/initiatives/priorities.html", context, status=status)


def _choices(request: StaffRequest, asked: queries.Asked) -> dict[str, list[Choice]]:
    aims = {Aim.NPS: _("Most NPS"), Aim.MONEY: _("Most money")}
    return {
        "by": [Choice(by.value, ordering.by_words(by), by is asked.by) for by in By],
        "aim": [Choice(aim.value, told, aim is asked.aim) for aim, told in aims.items()],
        "currency": [
            Choice(name, name, name == asked.currency) for name in queries.currencies(request.actor)
        ],
    }
