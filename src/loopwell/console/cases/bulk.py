"""Staff pages: one thing done to many cases, after a look at which ones and which cannot."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from loopwell.access.enums import Right
from loopwell.cases import bulk_job, operations, queries
from loopwell.cases.enums import Priority, Result
from loopwell.console.blame import blame
from loopwell.console.cases.queue import ACTIONS, tab_of
from loopwell.console.cases.queue_form import FilterForm
from loopwell.console.door import StaffRequest, staff
from loopwell.jobs.queries import job_by_ref
from loopwell.kit.errors import Invalid, NotFound

SHOWN = 30


@dataclass(frozen=True)
class Chosen:
    """The cases meant, by id, in the order of the list."""

    ids: list[int]
    everything: bool
    too_many: bool


class BulkForm(forms.Form):
    """Only the fields that the action needs."""

    def __init__(self, data: Any = None, *, action: str, people: Any) -> None:
        super().__init__(data)
        if action == "give":
            self.fields["owners"] = forms.ChoiceField(
                label=_("Give to"), choices=[("", _("Choose a person")), *people]
            )
        if action == "turns":
            self.fields["owners"] = forms.MultipleChoiceField(
                label=_("Give by turns to"), choices=people, widget=forms.CheckboxSelectMultiple
            )
        if action in ("give", "turns"):
            self.fields["reason"] = forms.CharField(label=_("Why"), max_length=300)
        if action == "priority":
            self.fields["priority"] = forms.ChoiceField(
                label=_("Priority"), choices=Priority.choices
            )
        if action == "note":
            self.fields["text"] = forms.CharField(
                label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
            )

    def values(self, action: str) -> dict[str, Any]:
        found: dict[str, Any] = dict(self.cleaned_data)
        if isinstance(found.get("owners"), str):
            found["owners"] = [found["owners"]]
        if action in ("unreachable", "no_contact"):
            found["result"] = action
        return found


@staff(Right.READ_CASES, Right.WORK_CASES)
def bulk(request: StaffRequest) -> HttpResponse:
    """GET shows what would happen, POST does it."""
    asked = request.POST if request.method == "POST" else request.GET
    action, kept = asked.get("action", ""), asked.get("filter", "")
    back = f"{reverse('cases:queue')}?{QueryDict(kept).urlencode()}"
    chosen = _chosen(request, asked, kept)
    if action not in ACTIONS or not chosen.ids:
        messages.warning(request, _("Choose cases in the list first, then what to do with them."))
        return redirect(back)
    people = queries.owners_for_all(chosen.ids) if action in ("give", "turns") else []
    choices = [(user.ref, _said(user, able, len(chosen.ids))) for user, able in people]
    form = BulkForm(
        request.POST if request.method == "POST" else None, action=action, people=choices
    )
    context = {"action": action, "kept": kept, "back": back, "chosen": chosen, "form": form,
               "asked": asked}  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return _confirm(request, context, status=422 if request.method == "POST" else 200)
    if chosen.everything and str(len(chosen.ids)) != asked.get("expected", ""):
        return _confirm(request, {**context, "changed": True}, status=409)
    return _do(request, context)


def _said(user: Any, able: int, number: int) -> str:
    """The name, and for how many of the cases it stands when not for all."""
    if able == number:
        return str(user)
    words = ngettext("%(person)s (%(able)d of %(number)d case)",
                     "%(person)s (%(able)d of %(number)d cases)", number)  # fmt: skip
    return words % {"person": user, "able": able, "number": number}


def _chosen(request: StaffRequest, asked: QueryDict, kept: str) -> Chosen:
    actor, everything = request.actor, "all" in asked
    if not everything:
        refs = asked.getlist("case")[: bulk_job.AT_ONCE]
        rows = queries.visible_to(actor).filter(ref__in=refs).order_by("id")
        return Chosen([case.pk for case in rows], everything=False, too_many=False)
    given = QueryDict(kept)
    wanted = FilterForm(given, actor=actor).wanted(tab_of(given.get("tab", "")))
    rows = queries.queue(actor, now=timezone.now(), wanted=wanted)
    ids = list(rows.values_list("pk", flat=True)[: bulk_job.MOST + 1])
    return Chosen(ids[: bulk_job.MOST], everything=True, too_many=len(ids) > bulk_job.MOST)


def _confirm(request: StaffRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    action, chosen = context["action"], context["chosen"]
    cannot: list[Any] = []
    if action in ("unreachable", "no_contact"):
        cannot = operations.cannot_close(request.actor, chosen.ids, Result(action))
    some = queries.visible_to(request.actor).filter(pk__in=chosen.ids[:SHOWN])
    context |= {
        "title": ACTIONS[action],
        "count": len(chosen.ids),
        "can": len(chosen.ids) - len(cannot),
        "cannot": cannot[: 3 * SHOWN],
        "more_cannot": max(len(cannot) - 3 * SHOWN, 0),
        "some": some.select_related("customer").order_by("id"),
        "more": max(len(chosen.ids) - SHOWN, 0),
        "most": bulk_job.MOST,
        "in_background": len(chosen.ids) > bulk_job.AT_ONCE,
        "refs": [] if chosen.everything else _refs(request, chosen),
    }
    return render(request, "console/cases/bulk.html", context, status=status)


def _refs(request: StaffRequest, chosen: Chosen) -> list[str]:
    rows = queries.visible_to(request.actor).filter(pk__in=chosen.ids)
    return list(rows.order_by("id").values_list("ref", flat=True))


def _do(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    action, chosen, form = context["action"], context["chosen"], context["form"]
    values, now = form.values(action), timezone.now()
    if len(chosen.ids) > bulk_job.AT_ONCE:
        job = bulk_job.start_bulk(
            actor=request.actor, now=now, action=action, case_ids=chosen.ids, values=values
        )
        return redirect("cases:bulk_progress", job=job.ref)
    try:
        result = bulk_job.do_bulk(
            actor=request.actor, now=now, action=action, case_ids=chosen.ids, values=values
        )
    except Invalid as error:
        blame(form, error)
        return _confirm(request, context, status=error.status)
    if not result.not_done:
        done = ngettext("Done: %(number)s case.", "Done: %(number)s cases.", result.done)
        messages.success(request, done % {"number": result.done})
        return redirect(context["back"])
    shown = {
        "title": ACTIONS[action],
        "done": result.done,
        "failed": len(result.not_done),
        "not_done": result.not_done,
        "back": context["back"],
    }
    return render(request, "console/cases/bulk_done.html", shown)


@require_safe
@staff(Right.READ_CASES, Right.WORK_CASES)
def progress(request: StaffRequest, job: str) -> HttpResponse:
    """How far it is, for who asked for it."""
    row = job_by_ref(job)
    if row.kind != bulk_job.KIND or row.actor != request.actor.label:
        raise NotFound(_("There is no such job."))
    context = {"job": row, "back": reverse("cases:queue"), "title": _("Many cases at once")}
    if row.finished_at:
        context |= row.result
    return render(request, "console/cases/bulk_done.html", context)
