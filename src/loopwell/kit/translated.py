"""Which of a text's languages does the reader get?"""

from collections.abc import Mapping

from django.utils.translation import get_language


def said_in(texts: Mapping[str, str]) -> str:
    """Theirs, else English, else nothing."""
    return str(texts.get((get_language() or "en").partition("-")[0]) or texts.get("en") or "")
