"""Staff pages: the list of customers, one customer's story, the form for one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries import visible_units
from loopwell.console.blame import blame
from loopwell.console.customers.forms import PROPERTY, CustomerForm, initial_of
from loopwell.console.customers.story import story_of
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people.operations import save_customer
from loopwell.people.queries import (
    CustomerFilter,
    account_by_ref,
    customer_by_ref,
    customers,
    filter_customers,
    languages_in_use,
    properties,
    visible_accounts,
)
from loopwell.promoters.queries import promoter_of

PER_PAGE = 50


@staff(Right.READ_CUSTOMERS)
def list_customers(request: StaffRequest) -> HttpResponse:
    wanted = _filter(request.GET)
    rows = filter_customers(customers(request.actor), wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    declared = properties()
    shown = [each for each in declared if each.name == wanted.property] or declared[:2]
    names = dict(settings.LANGUAGES)
    context = {
        "page": page,
        "rows": [(row, [(p.label, row.properties.get(p.name, "")) for p in shown]) for row in page],
        "wanted": wanted,
        "narrowed": wanted != CustomerFilter(),
        "units": list(visible_units(request.actor)),
        "languages": [(code, names.get(code, code)) for code in languages_in_use(request.actor)],
        "properties": declared,
        "shown": shown,
        "account": account_by_ref(request.actor, wanted.account) if wanted.account else None,
        "may_write": request.actor.may(Right.WRITE_CUSTOMERS),
        "may_import": request.actor.may(Right.IMPORT_DATA),
    }
    return render(request, "console/customers/list.html", context)


def _filter(data: QueryDict) -> CustomerFilter:
    """Only a declared property becomes part of a query."""
    known = {each.name for each in properties()} if data.get("property") else set()
    asked = data.get("property", "")
    return CustomerFilter(
        search=data.get("q", "").strip().replace("\x00", "")[:200],
        unit=data.get("unit", "")[:20],
        account=data.get("account", "")[:20],
        language=data.get("language", "")[:10],
        property=asked if asked in known else "",
        value=data.get("value", "").strip().replace("\x00", "")[:200],
    )


@staff(Right.READ_CUSTOMERS)
def customer(request: StaffRequest, ref: str) -> HttpResponse:
    found = customer_by_ref(request.actor, ref)
    labels = {each.name: each.label for each in properties()}
    names = dict(settings.LANGUAGES)
    context = {
        "customer": found,
        "language": names.get(found.language, found.language),
        "properties": [(labels.get(n, n), v) for n, v in sorted(found.properties.items())],
        "story": story_of(request.actor, found),
        "sees_account": visible_accounts(request.actor).filter(pk=found.account_id or 0).exists(),
        "promoter": promoter_of(request.actor, found),
        "may_thank": request.actor.may(Right.WORK_CASES),
        "may_write": request.actor.may(Right.WRITE_CUSTOMERS),
    }
    return render(request, "console/customers/customer.html", context)


@staff(Right.WRITE_CUSTOMERS)
def add(request: StaffRequest) -> HttpResponse:
    return _form(request, None)


@staff(Right.WRITE_CUSTOMERS)
def edit(request: StaffRequest, ref: str) -> HttpResponse:
    return _form(request, customer_by_ref(request.actor, ref))


def _form(request: StaffRequest, found: Any) -> HttpResponse:
    initial = initial_of(found) if found else None
    form = CustomerForm(request.POST or None, initial=initial, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        saved = _save(request, form, found)
        if saved is not None:
            return redirect("customers:customer", saved.ref)
    context = {"form": form, "customer": found}
    status = 422 if form.errors else 200
    return render(request, "console/customers/form.html", context, status=status)


def _save(request: StaffRequest, form: CustomerForm, found: Any) -> Any:
    """The customer saved, or None with the form saying what is wrong."""
    try:
        saved = save_customer(
            actor=request.actor, now=timezone.now(), draft=form.draft(), customer=found
        )
    except Invalid as error:
        blame(form, error, {name: PROPERTY + name for name in set(error.fields) - set(form.fields)})
        return None
    except Conflict as error:
        form.add_error(None, str(error))
        return None
    for warning in saved.warnings:
        messages.warning(request, _("Saved, but: %(reason)s") % {"reason": warning.reason})
    return saved.thing
