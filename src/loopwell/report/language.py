"""In which language does the report speak, when no server's settings exist?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.utils import translation

LANGUAGES = ("en", "ru", "uk", "pl")
LOCALE = Path(__file__).resolve().parent.parent / "locale"


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Make gettext work, with the few settings it needs where there are none.

    Without an explicit language LOOPWELL_LANGUAGE decides, else English.
    """
    chosen = language or os.environ.get("LOOPWELL_LANGUAGE", "en")
    if chosen not in LANGUAGES:
        chosen = "en"
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[LOCALE], LANGUAGE_CODE="en")
    if not apps.ready:
        django.setup()
    with translation.override(chosen):
        yield
