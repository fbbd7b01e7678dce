"""Staff pages: interactions that wait for a customer, and what becomes of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.console.sources.forms import RuleForm
from loopwell.kit.errors import ExpectedError
from loopwell.people import operations
from loopwell.people.enums import UnknownCustomers
from loopwell.people.queries import (
    CustomerFilter,
    customer_by_ref,
    customers,
    filter_customers,
    held_by_ref,
    held_interactions,
    held_row,
    properties,
    unknown_customers,
)

PER_PAGE = 50
FOUND = 10


@staff(Right.WRITE_CUSTOMERS)
def list_held(request: StaffRequest) -> HttpResponse:
    search = _clean(request.GET.get("q", ""))
    rows = held_interactions(request.actor, search)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    rule = unknown_customers()
    context = {
        "page": page,
        "rows": [held_row(each) for each in page],
        "search": search,
        "held": held_interactions(request.actor).count() if search else page.paginator.count,
        "form": RuleForm(initial={"rule": rule}),
        "may_choose": request.actor.within(Right.WRITE_CUSTOMERS).everything,
    }
    return render(request, "console/sources/held.html", context)


def _clean(text: str) -> str:
    return text.strip().replace("\x00", "")[:200]


@staff(Right.WRITE_CUSTOMERS)
@require_POST
def choose_rule(request: StaffRequest) -> HttpResponse:
    form = RuleForm(request.POST)
    if form.is_valid():
        operations.choose_unknown_customers(
            actor=request.actor,
            now=timezone.now(),
            rule=UnknownCustomers(form.cleaned_data["rule"]),
        )
        messages.success(request, _("Saved. It holds for everything that comes from now on."))
    else:
        messages.error(request, _("Choose one of the three."))
    return redirect("sources:held")


@staff(Right.WRITE_CUSTOMERS)
@require_POST
def create_all(request: StaffRequest) -> HttpResponse:
    operations.start_creating_held(actor=request.actor, now=timezone.now())
    messages.success(request, _("The customers are being added: look again in a moment."))
    return redirect("sources:held")


@staff(Right.WRITE_CUSTOMERS)
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """One of them: create the customer, link it to one, or throw it away."""
    held = held_by_ref(request.actor, ref)
    row = held_row(held)
    error = ""
    if request.method == "POST":
        try:
            said = _decided(request, held)
        except ExpectedError as problem:
            error = str(problem)
        else:
            messages.success(request, said)
            return redirect("sources:held")
    told = row.draft
    search = _clean(request.GET.get("q", "")) or told.customer_name or told.customer_id or ""
    found = filter_customers(customers(request.actor), CustomerFilter(search=search or "\x01"))
    labels = {each.name: each.label for each in properties()}
    context = {
        "row": row,
        "error": error,
        "search": search,
        "found": found[:FOUND],
        "properties": [(labels.get(n, n), v) for n, v in sorted(told.properties.items())],
    }
    status = 422 if error else 200
    return render(request, "console/sources/decide.html", context, status=status)


def _decided(request: StaffRequest, held: Any) -> str:
    now, what = timezone.now(), request.POST.get("what", "")
    if what == "create":
        operations.create_held_customer(actor=request.actor, now=now, held=held)
        return _("The customer is added, and the interaction with it.")
    if what == "link":
        customer = customer_by_ref(request.actor, request.POST.get("customer", ""))
        operations.link_held(actor=request.actor, now=now, held=held, customer=customer)
        return _("The interaction is %(name)s's now.") % {"name": str(customer)}
    operations.discard_held(actor=request.actor, now=now, held=held)
    return _("Thrown away. The same interaction stays out when it comes again.")
