"""Staff pages: do those who answered mirror the base, and how are their answers weighted if not?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Invalid
from loopwell.sampling import operations, queries


class WeightsForm(forms.Form):
    properties = forms.MultipleChoiceField(
        label=gettext_lazy("Mirror the base by"), widget=forms.CheckboxSelectMultiple
    )
    cap = forms.FloatField(
        label=gettext_lazy("No answer weighs more than … times the mean"),
        min_value=1.1,
        max_value=100,
        initial=5,
        help_text=gettext_lazy("Larger weights are trimmed, so that no single answer decides."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["properties"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices


@staff(Right.RUN_SURVEYS)
def weights(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.wave_by_ref(request.actor, ref)
    known = queries.weighting_of(found)
    labels = dict(queries.filter_choices(request.actor)["properties"])
    start = {"properties": known.properties, "cap": known.report["cap"]} if known else {}
    choices = [("unit", _("Unit")), *labels.items()]
    form = WeightsForm(request.POST or None, choices=choices, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            operations.weight_wave(
                actor=request.actor, wave=found, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Weighted. Make it anew when more have answered."))
            return redirect("waves:weights", ref)
        except Invalid as error:
            blame(form, error)
    context = {
        "wave": found,
        "form": form,
        "weighting": known,
        "heaviest": _cells(known.report["heaviest"], labels) if known else [],
        "lightest": _cells(known.report["lightest"], labels) if known else [],
        "names": [labels.get(name, _("Unit")) for name in known.properties] if known else [],
    }
    status = 422 if form.errors else 200
    return render(request, "console/waves/weights.html", context, status=status)


def _cells(rows: list[dict[str, Any]], labels: dict[str, str]) -> list[dict[str, Any]]:
    """Extreme weights with the group they belong to in words."""
    return [
        {
            "group": ", ".join(
                f"{labels.get(name, _('Unit'))}: {value or _('not known')}"
                for name, value in row["values"].items()
            ),
            "weight": row["weight"],
            "answers": row["answers"],
        }
        for row in rows
    ]
