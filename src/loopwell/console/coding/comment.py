"""Staff page: one comment after the other, and the themes a person finds in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loopwell.access.enums import Right
from loopwell.console.coding.offering import groups, read_form
from loopwell.console.door import StaffRequest, staff
from loopwell.kit.errors import ExpectedError, NotFound
from loopwell.responses.queries import answer_by_ref
from loopwell.themes.enums import Why
from loopwell.themes.operations.coding import record_coding, take_back_coding
from loopwell.themes.queries.coding import Wish, coding_of, likely, progress, worklist
from loopwell.themes.queries.examples import names
from loopwell.themes.queries.model import codings_wanted, version_in_use
from loopwell.themes.rules.saying import read_said

_LIST, _LAST, _SKIPPED = "coding.list", "coding.last", "coding.skipped"
_MOST_SKIPPED = 200


@staff(Right.RUN_SURVEYS)
def index(request: StaffRequest) -> HttpResponse:
    wish = _next(request)
    if wish is None:
        now = timezone.now()
        context = {"progress": progress(request.actor, now), "wanted": codings_wanted()}
        return render(request, "console/coding/empty.html", context)
    return _page(request, wish)


@staff(Right.RUN_SURVEYS)
def one(request: StaffRequest, ref: str) -> HttpResponse:
    wish = _wish(request, ref)
    if request.method != "POST":
        return _page(request, wish)
    if "skip" in request.POST:
        skipped = [*request.session.get(_SKIPPED, []), ref][-_MOST_SKIPPED:]
        request.session[_SKIPPED] = skipped
        _drop(request, ref)
        return redirect("coding:index")
    answer = answer_by_ref(request.actor, ref)
    try:
        record_coding(
            actor=request.actor, now=timezone.now(), response=answer,
            said=[] if "none" in request.POST else read_form(request.POST),
            is_random=wish.why == Why.RANDOM, is_second=wish.why == Why.SECOND,
        )  # fmt: skip
    except ExpectedError as error:
        messages.error(request, str(error))
        return _page(request, wish, status=error.status)
    request.session[_LAST] = list(wish)
    _drop(request, ref)
    return redirect("coding:index")


@require_POST
@staff(Right.RUN_SURVEYS)
def undo(request: StaffRequest, ref: str) -> HttpResponse:
    """The last one is shown again, with what was said of it, and is not coded any more."""
    answer = answer_by_ref(request.actor, ref)
    coding = coding_of(request.actor, answer)
    wish = _wish(request, ref)
    if not take_back_coding(actor=request.actor, now=timezone.now(), response=answer):
        messages.info(request, _("You had not coded this comment."))
    request.session[_LIST] = [list(wish), *request.session.get(_LIST, [])]
    request.session.pop(_LAST, None)
    return _page(request, wish, said=coding.themes if coding else [])


def _next(request: HttpRequest) -> Wish | None:
    """The first of the list that can still be coded; a new list when it is at its end."""
    actor = request.actor  # type: ignore[attr-defined]  # behind `staff`
    for _attempt in range(2):
        kept = [_read(each) for each in request.session.get(_LIST, [])]
        for wish in kept:
            if _is_open(actor, wish):
                return wish
            _drop(request, wish.ref)
        skipped = request.session.get(_SKIPPED, [])
        found = worklist(actor, timezone.now(), skipped)
        request.session[_LIST] = [list(wish) for wish in found]
    return None


def _is_open(actor: Any, wish: Wish) -> bool:
    try:
        answer = answer_by_ref(actor, wish.ref)
    except NotFound:
        return False
    return bool(answer.comment.strip()) and coding_of(actor, answer) is None


def _wish(request: HttpRequest, ref: str) -> Wish:
    """Why this comment is asked for; one opened by its address was chosen by the person."""
    kept = [*request.session.get(_LIST, []), request.session.get(_LAST) or ["", Why.UNSURE]]
    return next((_read(each) for each in kept if each[0] == ref), Wish(ref, Why.CHOSEN))


def _read(kept: list[Any]) -> Wish:
    ref, why, *theme = kept
    return Wish(str(ref), Why(why), theme[0] if theme else None)


def _drop(request: HttpRequest, ref: str) -> None:
    kept = request.session.get(_LIST, [])
    request.session[_LIST] = [each for each in kept if each[0] != ref]


def _page(
    request: StaffRequest, wish: Wish, *, said: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    answer = answer_by_ref(request.actor, wish.ref)
    now = timezone.now()
    if said is None:
        coding = coding_of(request.actor, answer)
        said = coding.themes if coding else []
    guesses = likely(answer.comment)
    likeliest, rest = groups(guesses, read_said(said))
    context = {
        "answer": answer, "text": _text(answer.comment), "wish": wish,
        "likely": likeliest, "groups": rest,
        "in_doubt": names([wish.theme]).get(wish.theme) if wish.theme else None,
        "progress": progress(request.actor, now), "wanted": codings_wanted(),
        "has_model": version_in_use() is not None, "now": now,
        "last": (request.session.get(_LAST) or [None])[0],
    }  # fmt: skip
    return render(request, "console/coding/comment.html", context, status=status)


def _text(comment: str) -> SafeString:
    """With its line ends as they are: HTML would make one of two, and places would shift."""
    return mark_safe(escape(comment).replace("\r", "&#13;"))  # noqa: S308 escaped before
