"""How do a customer's name, product and the like get into the words they read?

`{company}` and the other placeholders are filled in when a message or page is made. One that is
not known disappears with the comma before it; `{product|your order}` says what stands there
instead.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

PLACEHOLDERS = (
    "company", "name", "first_name", "employee", "unit", "product", "touchpoint", "date",
)  # fmt: skip
_PROPERTY = re.compile(r"property\.[a-z][a-z0-9_]{0,39}")
_FIELD = re.compile(r"([ ,]*)\{([^{}|]+)(?:\|([^{}]*))?\}")


def filled(
    texts: Mapping[str, str],
    *,
    company: str,
    name: str = "",
    fields: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The texts with everything known put in; `fields` are those of `fields_of`.

    Values never carry line breaks into a text, so none reaches a mail header.
    """
    known = {**(fields or {}), "company": company, "name": name}
    known.setdefault("first_name", name.partition(" ")[0] if name else "")
    return {key: _fill(text, known) if "{" in text else text for key, text in texts.items()}


def fields_of(
    *,
    employee: str = "",
    unit: str = "",
    product: str = "",
    touchpoint: str = "",
    on: date | None = None,
    properties: Mapping[str, object] | None = None,
) -> dict[str, str]:
    """What is known of a customer's contact, as `filled` takes it; the date is written as the
    language that is active now writes it."""
    found = {"employee": employee, "unit": unit, "product": product, "touchpoint": touchpoint}
    if on is not None:
        found["date"] = date_format(on, "DATE_FORMAT")
    for key, value in (properties or {}).items():
        found[f"property.{key}"] = "" if value is None else str(value)
    return found


def _fill(text: str, known: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        before, field, instead = match.groups()
        if not _is_known(field):
            return match[0]
        said = " ".join(known.get(field, "").split()) or (instead or "").strip()
        return f"{before}{said}" if said else ""

    done = _FIELD.sub(put, text)
    if done and text.startswith("{") and not text.startswith(done[0]) and _went(text, known):
        done = done.lstrip(" ,.!:—-")
        done = done[:1].upper() + done[1:]
    return done


def _went(text: str, known: Mapping[str, str]) -> bool:
    """Whether the placeholder that begins the text leaves nothing behind."""
    first = _FIELD.match(text)
    if first is None or not _is_known(first[2]):
        return False
    return not (known.get(first[2], "").strip() or (first[3] or "").strip())


def _is_known(field: str) -> bool:
    return field in PLACEHOLDERS or _PROPERTY.fullmatch(field) is not None


def placeholder_fault(text: str) -> str:
    """What is wrong with the braces of a text, or ""."""
    if "{" not in text and "}" not in text:
        return ""
    for field in _FIELD.finditer(text):
        if not _is_known(field[2]):
            message = _("{%(name)s} is not known. You can use %(known)s and {property.…}.")
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            return message % {"name": field[2], "known": known}
    if "{" in (rest := _FIELD.sub("", text)) or "}" in rest:
        return _("A brace is open or closed alone: write placeholders like {name}.")
    return ""
