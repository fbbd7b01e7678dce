"""What happens when somebody opens a link, scans a code or stands before a kiosk?

The address is public and is the permission. GET never records anything; the score is kept as
soon as it is pressed, and what follows goes to an address signed for that answer alone.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.kit.errors import Invalid
from loopwell.respond.links_limits import device_of, too_many
from loopwell.respond.links_steps import (
    DONE,
    GONE,
    QUESTIONS,
    Step,
    first_answer,
    next_step,
    step_at,
    take,
    thanks_to,
)
from loopwell.respond.pages import page
from loopwell.responses.fields import hidden_values
from loopwell.responses.open_answers import open_answer, record_open_response
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking.addresses import answer_ref, answer_token
from loopwell.sampling.linking.opening import Opened, opened
from loopwell.surveys.questions import questions_of

SCORES = range(11)
TRAP = "website"
"""A field that people do not see: what fills it in is a machine."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, ref: str, door: str) -> HttpResponse:
    """The question; the score pressed becomes an answer at once."""
    link = opened(ref)
    language = language_of(request, link)
    if link is None or not link.is_open:
        return closed(link, language)
    if (link.kind is LinkKind.KIOSK) != (door == "kiosk"):
        right = "kiosk" if link.kind is LinkKind.KIOSK else "link"
        return HttpResponseRedirect(reverse(f"open:{right}", args=[ref]))
    if request.method != "POST":
        return _question(request, link, language, door)
    if too_many(request):
        return page("link_busy", language, status=429, **_words(link, language, door))
    with override(language):
        try:
            answer = first_answer(link, request.POST, language, {})
        except Invalid:
            return _question(request, link, language, door, error=True)
    said = record_open_response(
        link=link,
        answer=answer,
        now=timezone.now(),
        language=language,
        device=device_of(request),
        trapped=bool(request.POST.get(TRAP)),
    )
    if said is None:
        return closed(link, language)
    step = next_step(link, said, language, 0)
    return _go(step, door, ref, answer_token(said.ref))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, ref: str, token: str, door: str) -> HttpResponse:
    """What comes after the score, for a day."""
    link, now = opened(ref), timezone.now()
    name = answer_ref(token)
    said = open_answer(link_ref=ref, ref=name, now=now) if name else None
    language = said.language if said and said.language else language_of(request, link)
    if link is None or said is None or not link.is_open:
        return closed(link, language)
    with override(language):
        if request.method != "POST":
            return _shown(link, step_at(link, said, language, _at(request)), language, door)
        if too_many(request):
            return page("link_busy", language, status=429, **_words(link, language, door))
        step = take(link, said, language, request.POST, now)
    if step.name == GONE:
        return closed(link, language)
    return _shown(link, step, language, door) if step.is_wrong else _go(step, door, ref, token)


def _at(request: HttpRequest) -> str:
    return request.GET.get("at", "1")


def _go(step: Step, door: str, ref: str, token: str) -> HttpResponse:
    address = reverse(f"open:{door}_answer", args=[ref, token])
    at = str(step.page) if step.name == QUESTIONS else step.name
    return HttpResponseRedirect(address if at == "1" else f"{address}?at={at}", status=303)


def language_of(request: HttpRequest, link: Opened | None) -> str:
    """Chosen on the page, else the link's, else the browser's, else the survey's."""
    wished = request.GET.get("lang") or request.POST.get("lang") or ""
    accepted = [code for code, _q in parse_accept_lang_header(
        request.headers.get("Accept-Language", "").lower())]  # fmt: skip
    if link is None:
        return next(iter(accepted), "en")
    return link.spoken(wished, link.language, *accepted)


def closed(link: Opened | None, language: str) -> HttpResponse:
    if link is None:
        return page("gone", language, status=404, reason="unknown")
    return page("gone", language, kind=link.version.survey.kind, status=410, reason="expired")


def _words(link: Opened, language: str, door: str) -> dict[str, Any]:
    return {
        "texts": link.texts(language),
        "company": link.company,
        "kind": link.version.survey.kind,
        "link": link,
        "door": door,
        "scores": SCORES,
        "begin": reverse(f"open:{door}", args=[link.ref]),
    }


def _question(
    request: HttpRequest, link: Opened, language: str, door: str, *, error: bool = False
) -> HttpResponse:
    known = {**request.GET.dict(), **request.POST.dict()}
    others = [get_language_info(code) for code in link.languages if code != language]
    return dressed(
        "kiosk" if door == "kiosk" else "link",
        language,
        status=422 if error else 200,
        error=error,
        others=others,
        hidden=hidden_values(questions_of(link.version), known),
        **_words(link, language, door),
    )


def _shown(link: Opened, step: Step, language: str, door: str) -> HttpResponse:
    return dressed(
        f"{door}_done" if step.name == DONE else f"{door}_next",
        language,
        status=422 if step.is_wrong else 200,
        step=step,
        said=step.said,
        fields=step.fields,
        **(thanks_to(link, step.said, language) if step.said else {}),
        **_words(link, language, door),
    )


def dressed(template: str, language: str, **context: Any) -> HttpResponse:
    """A kiosk has a style sheet and a script of its own, which only its policy allows."""
    response = page(template, language, **context)
    if context["door"] == "kiosk":
        policy = response.headers["Content-Security-Policy"]
        wider = policy.replace("style-src ", "style-src 'self' ") + "; script-src 'self'"
        response.headers["Content-Security-Policy"] = wider
    return response
