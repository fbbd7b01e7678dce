"""Staff pages: two cases of one customer become one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases import operations, queries
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError


class MergeForm(forms.Form):
    """Which other case, which of both goes on, and which state of each was seen."""

    other = forms.CharField(max_length=14)
    goes_on = forms.ChoiceField(choices=[("this", "this"), ("other", "other")])
    version = forms.IntegerField()
    other_version = forms.IntegerField()


def merging_context(request: StaffRequest, case: Any) -> dict[str, Any]:
    return {
        "merged_into": case.merged_into,
        "merged": queries.merged_into(case),
    }


@require_POST
@staff(Right.READ_CASES, Right.WORK_CASES)
def merge(request: StaffRequest, ref: str) -> HttpResponse:
    found = queries.case_by_ref(request.actor, ref)
    form = MergeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which of the two cases goes on."))
        return redirect("cases:case", ref=ref)
    facts = form.cleaned_data
    other = queries.case_by_ref(request.actor, facts["other"])
    seen = [(found, facts["version"]), (other, facts["other_version"])]
    (kept, version), (ends, ends_version) = seen if facts["goes_on"] == "this" else seen[::-1]
    try:
        operations.merge_cases(
            actor=request.actor,
            now=timezone.now(),
            kept=kept,
            version=version,
            other=ends,
            other_version=ends_version,
        )
    except ExpectedError as error:
        messages.error(request, str(error))
        return redirect("cases:case", ref=ref)
    messages.success(
        request,
        _("Merged: everything goes on here. To undo it, open the other case again."),
    )
    return redirect("cases:case", ref=kept.ref)
