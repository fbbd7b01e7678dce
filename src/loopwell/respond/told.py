"""How does a customer who was told what became of their words say: no more mail from you?

Mail programs POST `List-Unsubscribe=One-Click` here (RFC 8058). GET changes nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loopwell.initiatives.operations.posting import want_no_more
from loopwell.initiatives.queries.telling import language_of_told
from loopwell.initiatives.rules.telling import SALT
from loopwell.respond.pages import page
from loopwell.respond.views import gone
from loopwell.sampling.links import ref_of


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    ref = ref_of(token, salt=SALT)
    language = language_of_told(ref) if ref else None
    if ref is None or language is None:
        return gone(request, None)
    done = request.method == "POST" and want_no_more(ref=ref, now=timezone.now())
    return page("told", language, done=done)
