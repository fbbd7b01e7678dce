"""Staff pages: by which properties can numbers be cut, and of which kind is each?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.insights.properties import unfit
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people import operations
from loopwell.people.enums import PropertyKind
from loopwell.people.queries.carried import carried, property_by_name


class PropertyForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=PropertyKind.choices,
        help_text=gettext_lazy(
            "Numbers and dates can be filtered by a range. Values that do not fit count as unknown."
        ),
    )


@staff(Right.IMPORT_DATA)
def index(request: StaffRequest) -> HttpResponse:
    form = PropertyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.declare_property(
                actor=request.actor,
                now=timezone.now(),
                label=form.cleaned_data["label"],
                kind=PropertyKind(form.cleaned_data["kind"]),
            )
        except Invalid as error:
            blame(form, error)
        except Conflict as error:
            form.add_error("label", str(error))
        else:
            messages.success(request, _("Numbers can be cut by it within a minute."))
            return redirect("properties:index")
    rows = [
        (each, unfit(PropertyKind(each.property.kind), each.values))
        for each in carried(request.actor)
    ]
    status = 422 if form.errors else 200
    return render(request, "console/properties/index.html", {"rows": rows, "form": form},
                  status=status)  # fmt: skip


@staff(Right.IMPORT_DATA)
def change(request: StaffRequest, name: str) -> HttpResponse:
    found = property_by_name(name)
    form = PropertyForm(request.POST or None, initial={"label": found.label, "kind": found.kind})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_property(
                actor=request.actor,
                now=timezone.now(),
                found=found,
                label=form.cleaned_data["label"],
                kind=PropertyKind(form.cleaned_data["kind"]),
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved. Another kind shows in the numbers within minutes."))
            return redirect("properties:index")
    status = 422 if form.errors else 200
    context = {"found": found, "form": form}
    return render(request, "console/properties/change.html", context, status=status)


@require_POST
@staff(Right.IMPORT_DATA)
def remove(request: StaffRequest, name: str) -> HttpResponse:
    found = property_by_name(name)
    operations.remove_property(actor=request.actor, now=timezone.now(), found=found)
    messages.success(
        request,
        _("“%(name)s” is no property any more. Declare it again to get it back.") % {"name": found},
    )
    return redirect("properties:index")
