"""Staff pages: client companies, and the people at one of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.console.accounts.contacts import columns_of, contacts_by_account, parts_of
from loopwell.console.door import StaffRequest, staff
from loopwell.people.queries import account_by_ref, accounts, properties

PER_PAGE = 50


@staff(Right.READ_CUSTOMERS)
def list_accounts(request: StaffRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip().replace("\x00", "")[:200]
    page = Paginator(accounts(request.actor, search), PER_PAGE).get_page(request.GET.get("page"))
    contacts = contacts_by_account(request.actor, [account.pk for account in page])
    context = {
        "page": page,
        "rows": [(account, parts_of(contacts.get(account.pk, []))) for account in page],
        "search": search,
        "may_import": request.actor.may(Right.IMPORT_DATA),
        "today": timezone.localdate(),
    }
    return render(request, "console/accounts/list.html", context)


@staff(Right.READ_CUSTOMERS)
def account(request: StaffRequest, ref: str) -> HttpResponse:
    found = account_by_ref(request.actor, ref)
    contacts = contacts_by_account(request.actor, [found.pk]).get(found.pk, [])
    labels = {each.name: each.label for each in properties()}
    lost = [c for c in contacts if c.category == "detractor"]
    context = {
        "account": found,
        "contacts": contacts,
        "columns": columns_of(contacts),
        "parts": parts_of(contacts),
        "deciders_lost": [c for c in lost if c.customer.decision_role == "decides"],
        "properties": [(labels.get(n, n), v) for n, v in sorted(found.properties.items())],
        "today": timezone.localdate(),
    }
    return render(request, "console/accounts/account.html", context)
