"""How are the respondent's pages dressed: one request, no script, one style allowed by hash?"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from loopwell.access.queries import root_unit

STYLE = Path(__file__).parent / "respond.css"
RIGHT_TO_LEFT = {"ar", "he", "fa", "ur"}


@cache
def style() -> tuple[str, str]:
    """The style sheet without its blanks, and the policy that allows exactly it."""
    text = " ".join(STYLE.read_text(encoding="utf-8").split())
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return text, policy


def page(
    template: str, language: str, *, company: str | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """The page in the customer's language; the language of our own words falls back to English."""
    text, policy = style()
    if company is None:
        root = root_unit()
        company = root.name if root else ""
    with translation.override(language):
        html = render_to_string(
            f"respond/{template}.html",
            {
                "style": mark_safe(text),  # noqa: S308 our own file, hashed in the policy
                "language": language,
                "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
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
