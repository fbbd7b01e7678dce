"""Staff pages: is personal data in comments masked where they leave, and how does that look?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.access.rules import require
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Forbidden
from loopwell.kit.masking import mask
from loopwell.responses.masking import masking
from loopwell.responses.operations import set_masking

LONGEST = 4_000


class MaskingForm(forms.Form):
    in_feeds = forms.BooleanField(
        label=gettext_lazy("Mask it in what Loopwell sends"),
        required=False,
        help_text=gettext_lazy(
            "Alarms by mail, digests, webhooks, and the first words of a story."
        ),
    )
    in_exports = forms.BooleanField(
        label=gettext_lazy("Mask it in files that are taken away"),
        required=False,
        help_text=gettext_lazy(
            "The file of answers, with its further questions; the report’s workbook."
        ),
    )


class TryForm(forms.Form):
    """Any comment and a customer's name, to see what would be left of it; nothing is kept."""

    words = forms.CharField(
        label=gettext_lazy("A comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name = forms.CharField(
        label=gettext_lazy("The customer’s name"), max_length=200, required=False
    )


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    """For those who manage the whole company: it holds for all of it."""
    require(request.actor, Right.MANAGE_ACCESS)
    if not request.actor.within(Right.MANAGE_ACCESS).everything:
        raise Forbidden(_("Only administrators of the whole company choose this."))
    post = request.POST
    if request.method == "POST" and "words" not in post:
        form = MaskingForm(post)
        form.full_clean()
        set_masking(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. It holds for all that leaves from now on."))
        return redirect("company:masking")
    row = masking()
    form = MaskingForm(initial={"in_feeds": row.in_feeds, "in_exports": row.in_exports})
    trying = TryForm(post if "words" in post else None, initial=_example())
    words = trying.cleaned_data if trying.is_valid() else {} if trying.is_bound else _example()
    context = {
        "form": form,
        "trying": trying,
        "before": words.get("words", ""),
        "after": mask(words.get("words", ""), [words.get("name", "")]),
    }
    status = 422 if trying.errors else 200
    return render(request, "console/company/masking.html", context, status=status)


def _example() -> dict[str, str]:
    return {
        "name": _("Olena Kovalenko"),
        "words": _(
            "Waited 3 hours on 12.05.2025, a 4 from me. Call me, Olena, on +380 67 123 45 67 or "
            "write to olena@mail.example. My card is 4111 1111 1111 1111."
        ),
    }
