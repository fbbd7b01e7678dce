"""What do websites load from us and send to us, and which of them may?"""

import gzip
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from loopwell.kit.errors import ExpectedError, Forbidden, Invalid, NotFound
from loopwell.respond.embed_script import script_for
from loopwell.respond.links import TRAP, language_of
from loopwell.respond.links_limits import device_of, too_many
from loopwell.respond.links_steps import DONE, GONE, Step, first_answer, next_step, take, thanks_to
from loopwell.responses.open_answers import open_answer, record_open_response
from loopwell.sampling.linking.addresses import answer_ref, answer_token
from loopwell.sampling.linking.opening import Opened, known_properties, opened

MINUTES_5 = 300
MOST_BYTES = 64 * 1024


class TooMany(ExpectedError):
    """More than anybody can type."""

    status = 429


class Closed(ExpectedError):
    """The link or the answer's day is over."""

    status = 410


@require_safe
def script(request: HttpRequest, ref: str) -> HttpResponse:
    """Kept by browsers for five minutes, so that a changed rule soon holds everywhere."""
    link = opened(ref)
    if link is None or not link.is_open:
        text = "/* Loopwell: this question is closed. */\n"
    else:
        text = script_for(link, f"{request.scheme}://{request.get_host()}")
    body = text.encode()
    response = HttpResponse(content_type="text/javascript; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.content = body
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={MINUTES_5}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
def start(request: HttpRequest, ref: str) -> HttpResponse:
    """The score, kept at once; the reply has the next questions and where to send them."""
    return _guarded(request, ref, _start)


@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
def follow(request: HttpRequest, ref: str, token: str) -> HttpResponse:
    return _guarded(request, ref, lambda asked, link: _follow(asked, link, token))


def _guarded(request: HttpRequest, ref: str, view: Any) -> HttpResponse:
    """Errors go back as words the page can show; every reply says who may read it."""
    link = opened(ref)
    try:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        else:
            _admit(request, link)
            response = JsonResponse(view(request, link))
    except ExpectedError as error:
        response = JsonResponse({"error": str(error)}, status=error.status)
    # Refusals too may be read, so that whoever builds the page sees why. Nothing secret is
    # ever in a reply, and no cookie is looked at.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Cache-Control"] = "no-store"
    return response


def _admit(request: HttpRequest, link: Opened | None) -> None:
    if link is None:
        raise NotFound(_("There is no such link."))
    origin = request.headers.get("Origin", "")
    if origin not in (*link.settings.sites, *_own(request)):
        message = _("The website “%(site)s” may not send answers here; add it to the settings.")
        raise Forbidden(message % {"site": origin or "?"})
    if not link.is_open:
        raise Closed(_("This survey is closed."))
    if too_many(request):
        raise TooMany(_("Too many answers from one place. Please try again in a minute."))


def _own(request: HttpRequest) -> tuple[str, ...]:
    """Our own address: the page on which staff try the question."""
    base = urlsplit(settings.BASE_URL)
    return (f"{base.scheme}://{base.netloc}", f"{request.scheme}://{request.get_host()}")


def _start(request: HttpRequest, link: Opened) -> dict[str, Any]:
    post = _sent(request)
    language = link.spoken(post.get("lang", ""), language_of(request, link))
    claimed = {name[2:]: value for name, value in post.items() if name.startswith("x.")}
    with override(language):
        said = record_open_response(
            link=link,
            answer=first_answer(link, post, language, claimed),
            now=timezone.now(),
            language=language,
            device=device_of(request),
            properties=known_properties(claimed),
            trapped=bool(post.get(TRAP)),
            is_test=request.headers.get("Origin") not in link.settings.sites,
        )
        if said is None:
            raise Closed(_("This survey is closed."))
        step = next_step(link, said, language, 0)
        return {"token": answer_token(said.ref), **_reply(link, step, language)}


def _follow(request: HttpRequest, link: Opened, token: str) -> dict[str, Any]:
    name, now, post = answer_ref(token), timezone.now(), _sent(request)
    said = open_answer(link_ref=link.ref, ref=name, now=now) if name else None
    if said is None:
        raise Closed(_("This answer can no longer be changed."))
    with override(said.language):
        step = take(link, said, said.language, post, now)
        if step.name == GONE:
            raise Closed(_("This answer can no longer be changed."))
        return _reply(link, step, said.language)


def _reply(link: Opened, step: Step, language: str) -> dict[str, Any]:
    words = {"step": step, "fields": step.fields, "said": step.said, "texts": link.texts(language)}
    if step.said:
        words |= thanks_to(link, step.said, language)
    html = render_to_string("respond/embed_next.html", words)
    return {"html": html.strip(), "done": step.name == DONE}


def _sent(request: HttpRequest) -> QueryDict:
    """What a form or a program sent: the names are those of responses.reading. Apps may send a
    JSON object; lists are several values of one name, `properties` what is known of the visitor."""
    if request.content_type != "application/json":
        return request.POST
    if len(request.body) > MOST_BYTES:
        raise Invalid(_("This is too much for one answer."))
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Invalid(_("This is no JSON: %(error)s") % {"error": str(error)}) from error
    if not isinstance(given, dict):
        raise Invalid(_("Send a JSON object with a score."))
    properties = given.pop("properties", {})
    if isinstance(properties, dict):
        given |= {f"x.{name}": value for name, value in properties.items()}
    post = QueryDict(mutable=True)
    for name, value in given.items():
        post.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    return post
