"""Which theme does this browser want, and how are its wishes remembered without an account?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

THEME_COOKIE = "loopwell_theme"
YEAR = 365 * 24 * 3600
THEMES = [
    ("auto", gettext_lazy("As the device")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]


def theme_of(request: HttpRequest) -> str:
    wanted = request.COOKIES.get(THEME_COOKIE, "")
    return wanted if wanted in dict(THEMES) else "auto"


def remember_theme(response: HttpResponse, theme: str) -> None:
    _remember(response, THEME_COOKIE, theme)


def remember_language(response: HttpResponse, language: str) -> None:
    """For pages before signing in; an empty language follows the browser again."""
    if language:
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SECURE
    )
