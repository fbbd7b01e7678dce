"""Staff pages: client companies, and the people at one of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from loopwell.access.enums import Right
from loopwell.console.accounts.contacts import columns_of, contacts_by_account, parts_of
from loopwell.console.accounts.forms import AccountForm, initial_of
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import Conflict, Invalid
from loopwell.people.operations import change_account
from loopwell.people.queries import account_by_ref, accounts, properties, visible_accounts
from loopwell.promoters.queries import references_of

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
        "references": references_of(request.actor, found),
        "today": timezone.localdate(),
        "may_write": request.actor.may(Right.WRITE_CUSTOMERS),
    }
    return render(request, "console/accounts/account.html", context)


@staff(Right.WRITE_CUSTOMERS)
def edit(request: StaffRequest, ref: str) -> HttpResponse:
    found = account_by_ref(request.actor, ref)
    form = AccountForm(request.POST or None, initial=initial_of(found), actor=request.actor)
    if request.method == "POST" and form.is_valid() and _save(request, form, ref):
        still = visible_accounts(request.actor).filter(ref=ref).exists()
        return redirect("accounts:account", ref) if still else redirect("accounts:list")
    context = {"form": form, "account": found}
    status = 422 if form.errors else 200
    return render(request, "console/accounts/form.html", context, status=status)


def _save(request: StaffRequest, form: AccountForm, ref: str) -> bool:
    """Whether it could be saved; the form says why not."""
    try:
        change_account(actor=request.actor, now=timezone.now(), ref=ref, change=form.change())
    except Invalid as error:
        blame(form, error)
        return False
    except Conflict as error:
        form.add_error("external_id", str(error))
        return False
    return True
