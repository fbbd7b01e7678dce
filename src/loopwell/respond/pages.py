"""How are the respondent's pages dressed: one request, no script, one style allowed by hash?"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from loopwell.access.queries import root_unit
from loopwell.surveys.brand import Look, hides_us, look_for

STYLE = Path(__file__).parent / "respond.css"
RIGHT_TO_LEFT = {"ar", "he", "fa", "ur"}


def dressed(look: Look) -> tuple[str, str]:
    """The style sheet in the company's colours, and the policy that allows exactly it."""
    return _style(
        look.colour, look.on_colour, look.text_colour, look.dark_colour, look.on_dark_colour
    )


@lru_cache(maxsize=16)
def _style(colour: str, on_colour: str, link: str, dark: str, on_dark: str) -> tuple[str, str]:
    words = {"BRAND": colour, "ON_BRAND": on_colour, "LINK": link, "DARK": dark, "ON_DARK": on_dark}
    text = STYLE.read_text(encoding="utf-8")
    text = re.sub(r"\b[A-Z_]{4,}\b", lambda found: words[found[0]], text)
    text = re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", " ".join(text.split())).replace(";}", "}")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return text, policy


def page(
    template: str,
    language: str,
    *,
    company: str | None = None,
    kind: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page in the customer's language; the language of our own words falls back to English.
    `kind` is the survey's: some say nothing of who asks."""
    look = look_for(kind)
    text, policy = dressed(look)
    if hides_us(kind):
        company = ""
    elif company is None:
        root = root_unit()
        company = root.name if root else ""
    with translation.override(language):
        html = render_to_string(
            f"respond/{template}.html",
            {
                "style": mark_safe(text),  # noqa: S308 our own file, hashed in the policy
                "look": look,
                "language": language,
                "direction": direction(language),
                "company": company,
                **context,
            },
        )
    response = HttpResponse(html, status=status)
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
