"""How is the HTML of a mail shown inside a page without trusting it?"""

from django.http import HttpResponse

SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
FREE_LINKS = "sandbox allow-popups allow-popups-to-escape-sandbox"


def framed(html: str, *, links: bool) -> HttpResponse:
    """A document of its own in a sandbox: no script, nothing loaded; with `links`, a click
    opens a new tab, else it does nothing."""
    target = "<head><base target='_blank'>" if links else "<head>"
    response = HttpResponse(html.replace("<head>", target, 1))
    response.headers["Content-Security-Policy"] = SHOWN + (FREE_LINKS if links else "sandbox")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
