"""Which taxonomies come with Loopwell, and how is somebody else's read from a file?"""

import json
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid, NotFound
from loopwell.kit.tables import open_table
from loopwell.themes.rules.drafts import ThemeDraft, flat, nested

READY = ("services", "retail", "b2b")


def ready(name: str) -> dict[str, Any]:
    """`names` and `about` by language, and `themes`; raises NotFound."""
    if name not in READY:
        raise NotFound(_("There is no ready taxonomy of this name."))
    text = resources.files("loopwell.themes").joinpath("ready", f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def ready_drafts(name: str) -> list[ThemeDraft]:
    return nested(ready(name), _languages())


def read_file(path: Path, name: str) -> list[ThemeDraft]:
    """Our JSON, or a table (CSV, XLSX …); raises Invalid naming the place."""
    if name.lower().endswith(".json"):
        try:
            return nested(json.loads(path.read_text("utf-8-sig")), _languages())
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            message = _("%(file)s is no JSON: %(error)s.")
            raise Invalid(message % {"file": name, "error": error}) from error
    table = open_table(path)
    columns = [column.strip().lower().replace(" ", "_") for column in table.columns]
    if not {"name", "name_en"} & set(columns):
        message = _("%(file)s has no column “name_en”. It has: %(columns)s.")
        raise Invalid(message % {"file": name, "columns": ", ".join(table.columns[:20])})
    rows = []
    for row in table.rows():
        if row.ragged:
            message = _("line %(number)d: %(problem)s")
            told = {"number": row.number, "problem": row.problem(len(columns))}
            raise Invalid(message % told)
        rows.append((row.number, dict(zip(columns, row.values, strict=True))))
    return flat(rows, _languages())


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
