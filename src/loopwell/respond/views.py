"""What happens when a customer opens their link, gives a score, says why, answers further?

GET never records an answer: a score in the link is only marked. The signed token in the path
is the permission, so these POSTs need no cookie and no CSRF token.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from loopwell.kit.errors import Invalid
from loopwell.respond import calling
from loopwell.respond.asking import question_page
from loopwell.respond.pages import page
from loopwell.respond.steps import FIRST, on_page, page_after
from loopwell.respond.thanks import thanks_page
from loopwell.respond.visitors import is_person
from loopwell.responses.anonymity import is_anonymous
from loopwell.responses.fields import Given, hidden_values
from loopwell.responses.holding import receive
from loopwell.responses.invited import Invited, invited
from loopwell.responses.reading import answers_from, missing, read_score, score_from, typed_in
from loopwell.responses.rules import Answer, Effect, Standing
from loopwell.sampling.links import ref_of
from loopwell.sampling.marks import mark_scanned, mark_started
from loopwell.surveys.questions import DEFAULT

TRAP = "website"
"""The field that people do not see."""
CLOSED = (Standing.UNKNOWN, Standing.EXPIRED, Standing.DECLINED)


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    ref = ref_of(token)
    if ref is None:
        return gone(request, None)
    now = timezone.now()
    if request.method == "POST":
        return _record(request, reverse("respond:answer", args=[token]), ref, now)
    shown = invited(ref, now=now)
    if shown.standing in CLOSED:
        return gone(request, shown)
    if (
        shown.started_at is None
        and not is_anonymous(shown.kind)
        and is_person(request, sent_at=shown.sent_at, now=now)
    ):
        mark_started(ref=ref, now=now)
    return _shown(request, shown, now, ref)


@require_safe
def everything(request: HttpRequest, token: str) -> HttpResponse:
    """A link in our letters that no person sees: whoever opens it opens every link."""
    ref = ref_of(token)
    now = timezone.now()
    shown = invited(ref, now=now) if ref else None
    if ref is None or shown is None or shown.standing in CLOSED:
        return gone(request, shown)
    if not is_anonymous(shown.kind):
        mark_scanned(ref=ref, now=now)
    return question_page(shown, None, known=request.GET.dict(), base="../")


def gone(request: HttpRequest, shown: Invited | None) -> HttpResponse:
    """The page of a link that takes no answer; None: it never was one of ours."""
    status = {Standing.EXPIRED: 410, Standing.DECLINED: 200}
    standing = shown.standing if shown else Standing.UNKNOWN
    language = (shown.language if shown else "") or get_language_from_request(request)
    return page(
        "gone",
        language,
        kind=shown.kind if shown else "",
        status=status.get(standing, 404),
        reason=standing.value,
    )


def _shown(request: HttpRequest, shown: Invited, now: datetime, ref: str) -> HttpResponse:
    """One of the pages of an open survey."""
    score = shown.score
    if score is None:
        return question_page(shown, read_score(request.GET.get("score")), known=request.GET.dict())
    step = _step(request.GET.get("page", ""))
    if step > FIRST and on_page(shown.questions, step, score=score, answers=shown.answers):
        return question_page(shown, score, page=step, known=request.GET.dict())
    if step > FIRST or "done" in request.GET:
        return thanks_page(shown, score, now, ref=ref)
    return question_page(shown, read_score(request.GET.get("score")), known=request.GET.dict())


def _record(request: HttpRequest, address: str, ref: str, now: datetime) -> HttpResponse:
    """Only a form with further questions (it says so by its page) needs them looked up."""
    post = request.POST
    shown = invited(ref, now=now) if "page" in post else None
    try:
        given = _given(post, shown)
    except Invalid as error:
        return _again(request, shown or invited(ref, now=now), error)
    effect = receive(invitation_ref=ref, answer=given, now=now, trapped=bool(post.get(TRAP)))
    if effect is Effect.REFUSED:
        return gone(request, invited(ref, now=now))
    if "call" in post:
        return HttpResponseRedirect(f"{address}?done=1", status=303)
    if "finish" not in post:
        return HttpResponseRedirect(address, status=303)
    return _next(post, address, shown, given)


def _given(post: QueryDict, shown: Invited | None) -> Answer:
    if "call" in post:
        said = calling.said_in(post)
        further = answers_from(post, DEFAULT, {})
        return Answer(score=further.score, answers={calling.KEY: said} if said else None)
    if shown is None:
        return answers_from(post, DEFAULT, {})
    with translation.override(shown.language or None):
        found = answers_from(post, shown.questions, shown.texts, earlier=shown.answers)
    said = {**(found.answers or {}), **hidden_values(shown.questions, shown.properties)}
    if not shown.is_held:
        return Answer(found.score, found.comment, found.contact_consent, said or None)
    # What was held a moment ago is part of what this customer says.
    comment = shown.comment if found.comment is None else found.comment
    consent = shown.contact_consent if found.contact_consent is None else found.contact_consent
    return Answer(found.score, comment, consent, {**shown.answers, **said})


def _next(post: QueryDict, address: str, shown: Invited | None, given: Answer) -> HttpResponse:
    """Asks once for what is required and missing; then the next page, or thanks."""
    if shown is None:
        return HttpResponseRedirect(f"{address}?done=1", status=303)
    step = _step(post.get("page", ""))
    answers = {**shown.answers, **(given.answers or {})}
    comment = shown.comment if given.comment is None else given.comment
    consent = shown.contact_consent if given.contact_consent is None else given.contact_consent
    if "insisted" not in post:
        asked = on_page(shown.questions, step, score=given.score, answers=answers)
        with translation.override(shown.language):
            wanted = missing(asked, answers, comment=comment, contact_consent=consent)
        if wanted:
            kept = Given(comment, consent, answers)
            return question_page(shown, given.score, page=step, given=kept, errors=wanted)
    later = page_after(shown.questions, step, score=given.score, answers=answers)
    return HttpResponseRedirect(f"{address}?{f'page={later}' if later else 'done=1'}", status=303)


def _again(request: HttpRequest, shown: Invited, error: Invalid) -> HttpResponse:
    """The form as it was typed, with what is wrong at its place."""
    if shown.standing in CLOSED:
        return gone(request, shown)
    post = request.POST
    with translation.override(shown.language):
        kept = Given(
            comment=post.get("comment", shown.comment),
            contact_consent={"yes": True, "no": False}.get(post.get("contact", "")),
            answers=typed_in(post, shown.questions, earlier=shown.answers),
        )
    errors = {key: messages[0] for key, messages in error.fields.items() if messages}
    if "score" in errors:
        return question_page(shown, None, given=kept, score_error=errors["score"])
    step = _step(post.get("page", ""))
    return question_page(shown, score_from(post), page=step, given=kept, errors=errors)


def _step(text: str) -> int:
    """The page of an address or form; anything else is the first."""
    number = int(text) if len(text) in (1, 2) and text.isascii() and text.isdigit() else FIRST
    return max(FIRST, number)
