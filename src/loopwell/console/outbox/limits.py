"""Staff pages: how fast may mail go to which provider, and which of them rests now?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery.limiting import forget_limit, limit_domains
from loopwell.delivery.queries import domain_limits
from loopwell.kit.errors import Invalid


class LimitForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Provider"), max_length=100)
    domains = forms.CharField(
        label=gettext_lazy("Domains"),
        max_length=2000,
        help_text=gettext_lazy("Separated by commas: gmail.com, googlemail.com"),
    )
    per_minute = forms.IntegerField(label=gettext_lazy("Messages a minute at most"), min_value=1)


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    rows = domain_limits(request.actor)
    form = LimitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = limit_domains(
                actor=request.actor,
                name=form.cleaned_data["name"],
                domains=form.cleaned_data["domains"].replace(",", " ").split(),
                per_minute=form.cleaned_data["per_minute"],
            )
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("%(name)s is limited.") % {"name": found.name})
            return redirect("outbox:limits")
    context = {"rows": rows, "form": form, "now": timezone.now()}
    status = 422 if form.errors else 200
    return render(request, "console/outbox/limits.html", context, status=status)


@staff(Right.RUN_SURVEYS)
def forget(request: StaffRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    forget_limit(actor=request.actor, number=number)
    return redirect("outbox:limits")
