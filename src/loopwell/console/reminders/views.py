"""Staff pages: which contacts of my accounts are silent, and how do I note that I reminded one?"""

from dataclasses import dataclass
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.console.door import StaffRequest, staff
from loopwell.delivery.letters import company_name
from loopwell.delivery.nudging import Silent, nudge, silent_contacts
from loopwell.kit.errors import ExpectedError

PER_PAGE = 30


@dataclass(frozen=True)
class Row:
    """A silent contact with words ready to be sent from one's own mail program."""

    silent: Silent
    mail_url: str


@staff(Right.READ_CUSTOMERS)
def index(request: StaffRequest) -> HttpResponse:
    everybody = silent_contacts(request.actor, timezone.now())
    mine = [s for s in everybody if _is_mine(request, s)]
    of_all = "all" in request.GET or not mine
    page = Paginator(everybody if of_all else mine, PER_PAGE).get_page(request.GET.get("page"))
    company = company_name()
    context = {
        "page": page,
        "rows": [Row(each, _mail_url(each, company, request.actor.name)) for each in page],
        "of_all": of_all,
        "mine": len(mine),
        "everybody": len(everybody),
        "due": sum(1 for each in (everybody if of_all else mine) if each.is_due),
    }
    return render(request, "console/reminders/list.html", context)


@staff(Right.READ_CUSTOMERS)
def done(request: StaffRequest, ref: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        noted = nudge(
            actor=request.actor,
            invitation_ref=ref,
            now=timezone.now(),
            note=request.POST.get("note", ""),
        )
    except ExpectedError as error:
        messages.error(request, str(error))
        return redirect("reminders:list")
    name = str(noted.invitation.customer)
    messages.success(request, _("Noted: you have reminded %(name)s.") % {"name": name})
    return redirect("reminders:list")


def _is_mine(request: StaffRequest, silent: Silent) -> bool:
    account = silent.invitation.account
    return account is not None and account.owner_id == request.actor.user_id


def _mail_url(silent: Silent, company: str, sender: str) -> str:
    """Opens one's own mail program with a few words in the customer's language."""
    customer = silent.invitation.customer
    if not customer.email:
        return ""
    with translation.override(silent.invitation.language):
        subject = _("Your opinion about %(company)s") % {"company": company}
        body = _(
            "Hello %(name)s,\n\nwe sent you a short survey some days ago and would value your "
            "answer. You find it in your mailbox; it takes a minute.\n\nThank you,\n%(sender)s"
        ) % {"name": customer.name, "sender": sender}
    return f"mailto:{quote(customer.email)}?subject={quote(subject)}&body={quote(body)}"
