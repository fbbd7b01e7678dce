"""Staff pages: telling those who raised a problem what became of it."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.blame import blame
from loopwell.console.door import StaffRequest, staff
from loopwell.console.initiatives.telling_form import TellingForm, initial_of
from loopwell.delivery.letters import company_name
from loopwell.initiatives.enums import NotTold
from loopwell.initiatives.operations import telling as operations
from loopwell.initiatives.queries.naming import Namers
from loopwell.initiatives.queries.seeing import initiative_by_ref, may_work_on
from loopwell.initiatives.queries.telling import Tally, may_approve, reach, tally, telling_of
from loopwell.initiatives.rules.telling import FIELDS, language_read, said_to
from loopwell.kit.errors import Conflict, ExpectedError, Forbidden, Invalid, NotFound


@staff(Right.READ_ANSWERS)
def telling(request: StaffRequest, ref: str) -> HttpResponse:
    """Who would be told, in which words, and how far it is."""
    found = initiative_by_ref(request.actor, ref)
    if request.method != "POST":
        return _page(request, found, None)
    form = TellingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    version = request.POST.get("version", "")
    try:
        operations.write_message(
            actor=request.actor, now=timezone.now(), initiative=found, words=form.words(),
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        )  # fmt: skip
    except Invalid as error:
        blame(form, error)
        return _page(request, found, form, status=422)
    except Conflict as error:
        form.add_error(None, str(error))
        return _page(request, found, form, status=error.status)
    messages.success(request, _("Saved. Somebody else has to approve it now."))
    return redirect("initiatives:telling", ref)


@require_POST
@staff(Right.READ_ANSWERS)
def act(request: StaffRequest, ref: str, verb: str) -> HttpResponse:
    """Approve it, begin, or have a test oneself."""
    found, now = initiative_by_ref(request.actor, ref), timezone.now()
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    facts: dict[str, Any] = {"actor": request.actor, "now": now, "initiative": found}
    try:
        if verb == "approve":
            operations.approve_message(**facts, version=version)
            said = _("Approved. It can be sent now.")
        elif verb == "start":
            operations.start_telling(**facts, version=version)
            said = _("They are being told.")
        elif verb == "test":
            to = operations.try_message(**facts, language=request.POST.get("language", ""))
            said = _("A test left for %(address)s.") % {"address": to}
        else:
            raise NotFound(_("There is no such page."))
    except (Forbidden, NotFound):
        raise
    except ExpectedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("initiatives:telling", ref)


def _page(request: StaffRequest, found: Any, form: Any, status: int = 200) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    written = telling_of(found)
    got = reach(found, written, timezone.localdate())
    words = written.words if written else {}
    works = may_work_on(actor, found)
    form = form or TellingForm(initial=initial_of(words))
    readers = Counter(
        each.language.lower().partition("-")[0] or settings.LANGUAGE_CODE
        for each in got.namers.reachable
    )
    counts = tally(written, now) if written else Tally()
    context = {
        "initiative": found,
        "written": written,
        "works": works,
        "approves": bool(written and not written.approved_at and may_approve(actor, written)),
        "tries": bool(written and (works or may_approve(actor, written))),
        "reach": got,
        "left_out": _left_out(got.namers),
        "tally": counts,
        "running": bool(counts.waiting),
        "form": form,
        "parts": form.parts(readers),
        "unread": _unread(words, readers),
        "previews": _previews(found, words),
        "fields": _fields(),
        "own": get_language(),
    }
    return render(request, "console/initiatives/telling.html", context, status=status)


def _left_out(namers: Namers) -> list[tuple[str, int]]:
    return [(str(why.label), namers.left_out[why]) for why in NotTold if namers.left_out.get(why)]


def _unread(words: dict[str, Any], readers: Counter[str]) -> list[tuple[str, str, int]]:
    """Languages that customers read and nobody wrote in, with the one they get instead."""
    names = {code: str(label) for code, label in settings.LANGUAGES}
    return [
        (names.get(code, code), names.get(language_read(words, code), ""), number)
        for code, number in readers.most_common()
        if words and code not in words
    ]


def _previews(found: Any, words: dict[str, Any]) -> list[dict[str, str]]:
    company = company_name()
    names = {
        "customer": "Anna Kowalska",
        "agent": str(found.owner) if found.owner else company,
        "company": company,
        "unit": company,
    }
    labels = {code: str(label) for code, label in settings.LANGUAGES}
    shown = []
    for code in words:
        subject, text = said_to(words, code, names)
        shown.append(
            {"code": code, "label": labels.get(code, code), "subject": subject, "text": text}
        )
    return shown


def _fields() -> list[tuple[str, str]]:
    words = {
        "customer": _("the customer’s name"),
        "agent": _("the initiative’s owner"),
        "company": _("your company"),
        "unit": _("the unit where they named it"),
    }
    return [(f"{{{name}}}", words[name]) for name in FIELDS]
