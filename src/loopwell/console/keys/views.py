"""Staff pages: keys."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.operations import create_api_key, revoke_api_key
from loopwell.access.queries import key_by_ref, keys, person_by_ref, unit_by_ref
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.keys.forms import KeyForm
from loopwell.kit.errors import Invalid


@staff(Right.MANAGE_ACCESS)
def index(request: StaffRequest) -> HttpResponse:
    page = Paginator(keys(request.actor), 50).get_page(request.GET.get("page"))
    labels = dict(Right.choices)
    rows = [(key, [labels[right] for right in key.rights if right in labels]) for key in page]
    return render(request, "console/keys/list.html", {"page": page, "rows": rows})


@staff(Right.MANAGE_ACCESS)
def add(request: StaffRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the secret."""
    form = KeyForm(request.POST or None, actor=request.actor)
    if request.method != "POST":
        return render(request, "console/keys/add.html", {"form": form})
    if form.is_valid():
        try:
            key, secret = create_api_key(
                actor=request.actor,
                name=form.cleaned_data["name"],
                rights=[Right(right) for right in form.cleaned_data["rights"]],
                unit=unit_by_ref(request.actor, form.cleaned_data["unit"]),
                user=person_by_ref(request.actor, request.actor.ref),
                now=timezone.now(),
            )
        except Invalid as error:
            blame(form, error)
        else:
            shown = {"key": key, "secret": secret, "base_url": settings.BASE_URL}
            return render(request, "console/keys/created.html", shown)
    return render(request, "console/keys/add.html", {"form": form}, status=422)


@staff(Right.MANAGE_ACCESS)
def revoke(request: StaffRequest, ref: str) -> HttpResponse:
    key = key_by_ref(request.actor, ref)
    if request.method != "POST":
        return render(request, "console/keys/revoke.html", {"key": key})
    revoke_api_key(actor=request.actor, key=key, now=timezone.now())
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": key.name})
    return redirect("keys:list")
