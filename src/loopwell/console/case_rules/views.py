"""Staff pages: which answers open a case, in which order, and what would another rule bring?"""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.console.blame import blame
from loopwell.console.case_rules.choices import choices, property_labels, theme_names
from loopwell.console.case_rules.forms import RuleForm, typed
from loopwell.console.case_rules.wording import then_words, when_words
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid

PREFILLED = {each.name for each in fields(queries.RuleChange)}


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    opened, names = queries.opened_lately(now), (property_labels(), theme_names())
    context = {
        "rows": [
            {**said(rule, names), "rule": rule, "opened": opened.get(rule.pk, 0)}
            for rule in queries.all_rules()
        ],
        "may_change": may_change(request),
        "here": "rules",
    }
    return render(request, "console/case_rules/list.html", context)


@staff(Right.RUN_SURVEYS)
def add(request: StaffRequest) -> HttpResponse:
    """Fields can be filled by the address, as links from other pages do."""
    return _edit(request, None)


@staff(Right.RUN_SURVEYS)
def change(request: StaffRequest, ref: str) -> HttpResponse:
    return _edit(request, queries.rule_by_ref(ref))


def _edit(request: StaffRequest, rule: Any) -> HttpResponse:
    if request.method != "POST":
        start = typed(queries.wishes_of(rule) if rule else queries.RuleChange(name=""))
        if rule is None:
            start |= {n: v for n, v in request.GET.items() if n in PREFILLED}
        form = _form(request, rule, initial=start)
        return _page(request, form, rule, told=_forecast(request, rule, rule) if rule else None)
    form = _form(request, rule, request.POST)
    if "try" in request.POST:  # without JavaScript
        return _page(request, form, rule, **_tried(request, rule))
    if form.is_valid():
        try:
            operations.save_rule(
                actor=request.actor, now=timezone.now(), rule=rule, wanted=form.change()
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. It holds for answers from now on."))
            return redirect("case_rules:list")
    return _page(request, form, rule, status=422)


def _form(request: StaffRequest, rule: Any, data: Any = None, **kwargs: Any) -> RuleForm:
    known = choices(request.actor, [rule.touchpoint] if rule else [])
    return RuleForm(data, choices=known, **kwargs)


def _page(
    request: StaffRequest, form: RuleForm, rule: Any, *, status: int = 200, **told: Any
) -> HttpResponse:
    context = {
        "form": form,
        "rule": rule,
        **told,
        "may_change": may_change(request),
        "here": "rules",
    }
    return render(request, "console/case_rules/rule.html", context, status=status)


@require_POST
@staff(Right.RUN_SURVEYS)
def try_out(request: StaffRequest, ref: str = "") -> HttpResponse:
    """The forecast alone, as the form is filled in; stores nothing."""
    rule = queries.rule_by_ref(ref) if ref else None
    return render(request, "console/case_rules/_forecast.html", _tried(request, rule))


def _tried(request: StaffRequest, rule: Any) -> dict[str, Any]:
    """The forecast, or what is wrong; a name is not needed yet."""
    data = request.POST.copy()
    data["name"] = data.get("name") or "?"
    form = _form(request, rule, data)
    if not form.is_valid():
        return {"told": None, "problem": _("Something in the form is not right yet.")}
    try:
        draft = queries.drafted(form.change())
    except Invalid as error:
        return {"told": None, "problem": str(error)}
    return {"told": _forecast(request, draft, rule)}


def _forecast(request: StaffRequest, draft: Any, rule: Any) -> queries.Forecast:
    """`draft` stands where `rule` does, a new one at the end; tried even if it is not in use."""
    rules = list(queries.all_rules())
    draft.is_active = True
    among = [draft if rule and each.pk == rule.pk else each for each in rules]
    if rule is None:
        among.append(draft)
    return queries.forecast(request.actor, now=timezone.now(), rule=draft, among=among)


@require_POST
@staff(Right.RUN_SURVEYS)
def move(request: StaffRequest, ref: str) -> HttpResponse:
    operations.move_rule(
        actor=request.actor,
        now=timezone.now(),
        rule=queries.rule_by_ref(ref),
        up="up" in request.POST,
    )
    return redirect("case_rules:list")


@require_POST
@staff(Right.RUN_SURVEYS)
def switch(request: StaffRequest, ref: str) -> HttpResponse:
    on = "on" in request.POST
    operations.switch_rule(
        actor=request.actor, now=timezone.now(), rule=queries.rule_by_ref(ref), on=on
    )
    words = _("It opens cases from now on.") if on else _("It opens no case until switched on.")
    messages.success(request, words)
    return redirect("case_rules:list")


@require_POST
@staff(Right.RUN_SURVEYS)
def copy(request: StaffRequest, ref: str) -> HttpResponse:
    made = operations.copy_rule(
        actor=request.actor, now=timezone.now(), rule=queries.rule_by_ref(ref)
    )
    messages.success(request, _("Copied. It is switched off until you put it into use."))
    return redirect("case_rules:change", ref=made.ref)


@staff(Right.RUN_SURVEYS)
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Asks once: answers it would have taken may open no case then."""
    rule = queries.rule_by_ref(ref)
    if request.method == "POST":
        operations.remove_rule(actor=request.actor, now=timezone.now(), rule=rule)
        messages.success(request, _("Removed. Its cases stay with everything that was done."))
        return redirect("case_rules:list")
    return render(request, "console/case_rules/remove.html", {**said(rule), "rule": rule})


def said(rule: Any, names: tuple[dict[str, str], dict[str, str]] | None = None) -> dict[str, str]:
    """The rule in words; `names` of properties and themes where there are many to say."""
    labels, themes = names or (property_labels(), theme_names())
    return {"when": when_words(rule, labels, themes), "then": then_words(rule)}


def may_change(request: StaffRequest) -> bool:
    return request.actor.within(Right.RUN_SURVEYS).everything
