"""What may a property be called?"""

import re
import unicodedata

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

# Names that mean something else wherever properties stand beside other columns.
RESERVED = frozenset(
    [
        "account",
        "account_id",
        "account_name",
        "account_owner",
        "answered_at",
        "at",
        "category",
        "channel",
        "comment",
        "consent",
        "contact_consent",
        "created_at",
        "customer",
        "customer_id",
        "date",
        "decision_role",
        "email",
        "employee",
        "external_id",
        "first_name",
        "id",
        "interaction",
        "invitation",
        "is_test",
        "kind",
        "language",
        "last_name",
        "name",
        "nps",
        "owner",
        "phone",
        "product",
        "properties",
        "property",
        "ref",
        "response",
        "revenue",
        "renewal",
        "renewal_on",
        "score",
        "source",
        "survey",
        "title",
        "touchpoint",
        "unit",
        "updated_at",
        "url",
        "version",
        "wave",
        "weight",
    ]
)
_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "ye",
            "zh",
            "z",
            "i",
            "i",
            "yi",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


class BadPropertyName(Invalid):
    """A property's name that cannot be a column's."""


def property_name(label: str) -> str:
    """A name made from a column's header: “Сегмент клиента” → “segment_klienta”."""
    text = "".join(_CYRILLIC.get(c, c) for c in label.lower().replace("ł", "l").replace("ß", "ss"))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    if not name or not name[0].isalpha():
        name = f"p_{name}".strip("_")[:40]
    return f"{name[:34]}_value" if name in RESERVED else name


def property_names(columns: list[str]) -> dict[str, str]:
    """A name of its own for each column: name → column, in their order."""
    found: dict[str, str] = {}
    for column in columns:
        name, count = property_name(column), 1
        while name in found:
            count += 1
            name = f"{property_name(column)[:36]}_{count}"
        found[name] = column
    return found


def check_property_name(name: str) -> str:
    """The name itself; raises BadPropertyName when it is reserved or badly formed."""
    if name in RESERVED:
        raise _bad(name, _("“%(name)s” is reserved: call the property something else."))
    if not NAME.fullmatch(name):
        raise _bad(
            name,
            _(
                "“%(name)s” cannot name a property: use a to z, digits and _, at most 40, "
                "a letter first."
            ),
        )
    return name


def _bad(name: str, sentence: str) -> BadPropertyName:
    message = sentence % {"name": name}
    return BadPropertyName(message, fields={"properties": [message]})
