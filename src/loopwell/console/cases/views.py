"""Staff pages: who waits for a call, and which answers open a case?"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units, visible_users
from loopwell.cases import operations, queries
from loopwell.cases.enums import Tab
from loopwell.cases.rules import is_late, stage_of
from loopwell.console.blame import blame
from loopwell.console.cases.forms import FilterForm, RuleForm
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid

PER_PAGE = 50


@staff(Right.READ_CASES)
def queue(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    asked = request.GET.get("tab", "")
    tab = Tab(asked) if asked in Tab.values else Tab.MINE
    form = FilterForm(
        request.GET,
        units=[(unit.ref, unit.name) for unit in visible_units(actor)],
        owners=[(u.ref, str(u)) for u in visible_users(actor).filter(is_active=True)],
    )
    wanted = form.wanted(tab)
    page = Paginator(queries.queue(actor, now=now, wanted=wanted), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = queries.counts(actor, now=now)
    rows = [{"case": c, "stage": stage_of(c, now), "late": is_late(c, now)} for c in page]
    context = {
        "rows": rows,
        "page": page,
        "tab": tab,
        "tabs": [(each, counts[each]) for each in Tab],
        "form": form,
        "filtered": bool(wanted.unit or wanted.owner or wanted.highest is not None),
        "mine": counts[Tab.MINE],
        "to_call": queries.to_call_count(actor, now),
        "late": counts[Tab.LATE],
        "now": now,
        "may_rule": actor.may(Right.RUN_SURVEYS),
    }
    return render(request, "console/cases/queue.html", context)


@staff(Right.RUN_SURVEYS)
def rules(request: StaffRequest) -> HttpResponse:
    return _rules_page(request)


@require_POST
@staff(Right.RUN_SURVEYS)
def save_rule(request: StaffRequest, ref: str = "") -> HttpResponse:
    rule = queries.rule_by_ref(ref) if ref else None
    form = RuleForm(request.POST, auto_id=f"id_{ref or 'new'}_%s")
    if not form.is_valid():
        return _rules_page(request, broken=(ref, form), status=422)
    try:
        operations.save_rule(actor=request.actor, rule=rule, wanted=form.change())
    except Invalid as error:
        blame(form, error)
        return _rules_page(request, broken=(ref, form), status=error.status)
    messages.success(request, _("Saved. It holds for answers from now on."))
    return redirect("cases:rules")


def _rules_page(
    request: StaffRequest, *, broken: tuple[str, RuleForm] | None = None, status: int = 200
) -> HttpResponse:
    """Every rule with its form; the one that could not be saved keeps what was typed."""
    shown = []
    for rule in queries.all_rules():
        initial = {name: getattr(rule, name) for name in RuleForm.base_fields}
        form = RuleForm(initial=initial, auto_id=f"id_{rule.ref}_%s")
        if broken and broken[0] == rule.ref:
            form = broken[1]
        shown.append((rule, form))
    new = RuleForm(
        initial={
            "lowest_score": 0,
            "highest_score": 6,
            "due_working_hours": 24,
            "is_active": True,
        },
        auto_id="id_new_%s",
    )
    if broken and not broken[0]:
        new = broken[1]
    context = {"rules": shown, "new": new, "adding": bool(broken and not broken[0])}
    return render(request, "console/cases/rules.html", context, status=status)
