"""Staff pages: what promoters did with our offers, whom to thank, and whom they brought."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.cases.queries import policy
from loopwell.console.door import StaffRequest, staff
from loopwell.console.promoters.forms import ReferralForm
from loopwell.kit.errors import Invalid
from loopwell.promoters import operations, queries
from loopwell.promoters.enums import How, ReferralState

PER_PAGE = 25
LOOK_BACK = timedelta(days=365)


def tabs(request: StaffRequest, tab: str) -> dict[str, Any]:
    return {
        "tab": tab,
        "waiting": queries.to_thank(request.actor).count(),
        "new_friends": queries.referrals(request.actor).filter(state=ReferralState.NEW).count(),
        "may_work": request.actor.may(Right.WORK_CASES),
        "may_set": request.actor.may(Right.RUN_SURVEYS),
    }


@staff(Right.READ_CUSTOMERS)
def index(request: StaffRequest) -> HttpResponse:
    since, actor = timezone.now() - LOOK_BACK, request.actor
    given = queries.offers_made()
    context = {
        "totals": queries.totals(actor, since=since),
        "months": queries.counts_by_month(actor, since=since),
        "units": queries.counts_by_unit(actor, since=since),
        "currency": policy().currency,
        "offers_something": given.referral or given.reference or given.community
        or (given.reviews and queries.places().exists()),
        **tabs(request, "results"),
    }  # fmt: skip
    return render(request, "console/promoters/index.html", context)


@staff(Right.READ_CUSTOMERS)
def to_thank(request: StaffRequest) -> HttpResponse:
    page = Paginator(queries.to_thank(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "hows": How.choices, "now": timezone.now(), **tabs(request, "thank")}
    return render(request, "console/promoters/to_thank.html", context)


@require_POST
@staff(Right.READ_CUSTOMERS, Right.WORK_CASES)
def thank(request: StaffRequest, ref: str) -> HttpResponse:
    row = queries.promoter_by_ref(request.actor, ref)
    how = request.POST.get("how", "")
    operations.thank(
        actor=request.actor,
        now=timezone.now(),
        promoter=row,
        how=How(how) if how in How.values else How.LETTER,
        note=request.POST.get("note", "").replace("\x00", ""),
    )
    messages.success(request, _("Noted: %(name)s was thanked.") % {"name": row.customer})
    return _back(request, "promoters:to_thank")


@require_POST
@staff(Right.READ_CUSTOMERS, Right.WORK_CASES)
def reference(request: StaffRequest, ref: str) -> HttpResponse:
    """What they told one of us."""
    row = queries.promoter_by_ref(request.actor, ref)
    agrees = request.POST.get("agrees") == "yes"
    operations.set_reference(actor=request.actor, now=timezone.now(), promoter=row, agrees=agrees)
    said = _("They are a reference now.") if agrees else _("They are no reference any more.")
    messages.success(request, said)
    return _back(request, "promoters:index")


@staff(Right.READ_CUSTOMERS)
def referrals(request: StaffRequest) -> HttpResponse:
    return _referrals(request)


@require_POST
@staff(Right.READ_CUSTOMERS, Right.WORK_CASES)
def change_referral(request: StaffRequest, ref: str) -> HttpResponse:
    row = queries.referral_by_ref(request.actor, ref)
    form = ReferralForm(request.POST, auto_id=f"id_{ref}_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.change_referral(
                actor=request.actor,
                now=timezone.now(),
                referral=row,
                state=ReferralState(given["state"]),
                note=given["note"],
                revenue=given["revenue"],
            )
        except Invalid as error:
            form.add_error("revenue", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("promoters:referrals")
    return _referrals(request, broken=(ref, form), status=422)


@require_POST
@staff(Right.READ_CUSTOMERS, Right.WORK_CASES)
def forget_referral(request: StaffRequest, ref: str) -> HttpResponse:
    row = queries.referral_by_ref(request.actor, ref)
    operations.forget_referral(actor=request.actor, now=timezone.now(), referral=row)
    messages.success(request, _("Forgotten: nothing of this friend is kept."))
    return redirect("promoters:referrals")


def _referrals(
    request: StaffRequest, *, broken: tuple[str, ReferralForm] | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(queries.referrals(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [{"row": row, "form": _form_of(row, broken)} for row in page],
        "page": page,
        "open": broken[0] if broken else "",
        "currency": policy().currency,
        "now": timezone.now(),
        **tabs(request, "referrals"),
    }
    return render(request, "console/promoters/referrals.html", context, status=status)


def _form_of(row: Any, broken: tuple[str, ReferralForm] | None) -> ReferralForm:
    if broken and broken[0] == row.ref:
        return broken[1]
    start = {"state": row.state, "revenue": row.revenue, "note": row.note}
    return ReferralForm(initial=start, auto_id=f"id_{row.ref}_%s")


def _back(request: StaffRequest, name: str) -> HttpResponse:
    """To the page it was done on."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if own and wanted.startswith("/") else name)
