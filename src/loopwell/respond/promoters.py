"""What does a promoter do with our offers, and what does a friend see who opens their link?

The addresses are signed: those below the answer by its token, the public link by the promoter's.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loopwell.kit.errors import Invalid
from loopwell.promoters.operations import (
    Friend,
    go_to_community,
    go_to_review,
    note_visit,
    refer,
    say_reference,
)
from loopwell.promoters.queries import offers_made, promoter_by_link
from loopwell.promoters.rules import first_name, words_for
from loopwell.respond.links_limits import too_many
from loopwell.respond.pages import page
from loopwell.respond.views import TRAP, gone
from loopwell.respond.visitors import is_person
from loopwell.sampling.links import ref_of

LIMIT = 200


@require_safe
def review(request: HttpRequest, token: str, place: str) -> HttpResponse:
    """Onwards to a public review page; counted if a person goes."""
    ref, now = ref_of(token), timezone.now()
    counts = is_person(request, sent_at=None, now=now)
    url = go_to_review(invitation_ref=ref, place_ref=place, now=now, counts=counts) if ref else None
    return _onwards(request, url)


@require_safe
def community(request: HttpRequest, token: str) -> HttpResponse:
    ref, now = ref_of(token), timezone.now()
    counts = is_person(request, sent_at=None, now=now)
    url = go_to_community(invitation_ref=ref, now=now, counts=counts) if ref else None
    return _onwards(request, url)


@csrf_exempt
@require_POST
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """They may be named to others, or no longer."""
    ref, agrees = ref_of(token), request.POST.get("agrees") == "yes"
    if ref is None or not say_reference(invitation_ref=ref, agrees=agrees, now=timezone.now()):
        return gone(request, None)
    address = reverse("respond:answer", args=[token])
    return HttpResponseRedirect(f"{address}?done=1", status=303)


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def friend(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody recommends us: a friend leaves how to reach them, if they like."""
    promoter, now, language = promoter_by_link(token), timezone.now(), _language(request)
    if promoter is None:
        return gone(request, None)
    name = first_name(promoter.customer.name)
    words = words_for(offers_made().words, language)["landing"]
    if request.method != "POST":
        if is_person(request, sent_at=None, now=now) and not too_many(request):
            note_visit(promoter=promoter, now=now)
        done = "done" in request.GET
        return page("friend", language, promoter=name, words=words, done=done, given={}, errors={})
    if too_many(request):
        return page("link_busy", language, status=429)
    given = {key: request.POST.get(key, "").replace("\x00", "")[:LIMIT] for key in
             ("name", "email", "phone")}  # fmt: skip
    if not request.POST.get(TRAP):  # what fills in the hidden field is a machine: thanked, dropped
        with translation.override(language):
            try:
                refer(
                    promoter=promoter,
                    friend=Friend(
                        **given, agrees=request.POST.get("agrees") == "yes", language=language
                    ),
                    now=now,
                )
            except Invalid as error:
                errors = {key: words[0] for key, words in error.fields.items()}
                return page(
                    "friend", language, status=422, promoter=name, words=words, given=given,
                    errors=errors,
                )  # fmt: skip
    return HttpResponseRedirect("./?done=1", status=303)


def _onwards(request: HttpRequest, url: str | None) -> HttpResponse:
    if url is None:
        return gone(request, None)
    response = HttpResponseRedirect(url)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _language(request: HttpRequest) -> str:
    """The first of the browser's that we speak."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return "en"
