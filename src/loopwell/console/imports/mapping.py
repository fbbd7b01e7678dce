"""Which column is offered for which field, and what would the first rows become?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.importing import PanelImporter
from loopwell.benchmarks.rules import PANEL_FIELDS, lacking_of_panels
from loopwell.kit.errors import ExpectedError
from loopwell.kit.tables import Table, is_missing
from loopwell.kit.tables.numbers import read_rating
from loopwell.people.enums import DecisionRole, UploadKind
from loopwell.people.importing.kinds import (
    AccountImporter,
    CustomerImporter,
    InteractionImporter,
)
from loopwell.people.importing.runner import Importer, Item
from loopwell.people.rules.fields import (
    FIELDS,
    PROPERTY,
    Field,
    guess_mapping,
    lacking_of_interactions,
)
from loopwell.people.rules.properties import property_name, property_names
from loopwell.responses.historic.fields import ANSWER_FIELDS
from loopwell.responses.historic.importer import AnswerImporter
from loopwell.targets.importing import KeyFigureImporter, TargetImporter
from loopwell.targets.reading_files import (
    FIGURE_FIELDS,
    TARGET_FIELDS,
    lacking_of_figures,
    lacking_of_targets,
)
from loopwell.themes.importing import ReportImporter
from loopwell.themes.rules.reporting import REPORT_FIELDS, lacking_of_reports

IMPORTERS: dict[str, Callable[..., Importer]] = {
    UploadKind.CUSTOMERS: CustomerImporter,
    UploadKind.ACCOUNTS: AccountImporter,
    UploadKind.INTERACTIONS: InteractionImporter,
    UploadKind.ANSWERS: AnswerImporter,
    UploadKind.PANEL: PanelImporter,
    UploadKind.KEY_FIGURES: KeyFigureImporter,
    UploadKind.TARGETS: TargetImporter,
    UploadKind.REPORTS: ReportImporter,
}
ALL_FIELDS: dict[UploadKind, tuple[Field, ...]] = {
    **FIELDS,
    UploadKind.ANSWERS: ANSWER_FIELDS,
    UploadKind.PANEL: PANEL_FIELDS,
    UploadKind.KEY_FIGURES: FIGURE_FIELDS,
    UploadKind.TARGETS: TARGET_FIELDS,
    UploadKind.REPORTS: REPORT_FIELDS,
}


@dataclass(frozen=True)
class FieldRow:
    """A target field with the column chosen and an example of what stands in it."""

    field: Field
    column: str
    example: str


@dataclass(frozen=True)
class ColumnRow:
    """A column that fills no field and may become a property."""

    place: int
    column: str
    name: str
    kept: bool
    example: str


@dataclass(frozen=True)
class Cell:
    text: str
    problem: str = ""


@dataclass(frozen=True)
class PreviewRow:
    number: int
    cells: list[Cell]
    problem: str = ""


def fields_of(kind: str) -> tuple[Field, ...]:
    return ALL_FIELDS[UploadKind(kind)]


def first_mapping(kind: str, table: Table) -> dict[str, str]:
    """Guessed fields, and every other column that has a header as a property."""
    fields = guess_mapping(fields_of(kind), table.columns)
    if not fields.get("score") and kind == UploadKind.ANSWERS and "score" in table.columns:
        fields["score"] = "score"
    nameless = {_("column %(position)d") % {"position": n + 1} for n in range(len(table.columns))}
    left = [c for c in table.columns if c not in fields.values() and c not in nameless]
    if kind in (UploadKind.PANEL, UploadKind.KEY_FIGURES):
        left = _of_numbers(table, left)
    return (
        fields
        if kind in (UploadKind.TARGETS, UploadKind.REPORTS)
        else fields | _as_properties(left)
    )


def _of_numbers(table: Table, columns: list[str]) -> list[str]:
    """Those whose first rows hold numbers and nothing else."""
    rows = [row.values for row in table.sample(200) if not row.ragged]
    found = []
    for column in columns:
        place = table.columns.index(column)
        told = [row[place] for row in rows if not is_missing(row[place])]
        if told and all(read_rating(text) is not None for text in told):
            found.append(column)
    return found


def _as_properties(columns: list[str]) -> dict[str, str]:
    return {f"{PROPERTY}{name}": column for name, column in property_names(columns).items()}


def chosen_mapping(kind: str, data: QueryDict, columns: list[str]) -> dict[str, str]:
    """What the form says: `field-<name>` names a column, `keep` lists columns for properties."""
    fields = {}
    for field in fields_of(kind):
        column = data.get(f"field-{field.name}", "")
        if column in columns:
            fields[field.name] = column
    kept = [c for c in data.getlist("keep") if c in columns and c not in fields.values()]
    return fields | _as_properties(kept)


def field_rows(kind: str, mapping: Mapping[str, str], table: Table) -> list[FieldRow]:
    examples = _examples(table)
    return [
        FieldRow(f, mapping.get(f.name, ""), examples.get(mapping.get(f.name, ""), ""))
        for f in fields_of(kind)
    ]


def column_rows(mapping: Mapping[str, str], table: Table) -> list[ColumnRow]:
    examples = _examples(table)
    names = {column: name for name, column in mapping.items()}
    rows = []
    for place, column in enumerate(table.columns):
        name = names.get(column, "")
        if name and not name.startswith(PROPERTY):
            continue
        shown = name.removeprefix(PROPERTY) or property_name(column)
        rows.append(ColumnRow(place, column, shown, bool(name), examples.get(column, "")))
    return rows


def _examples(table: Table) -> dict[str, str]:
    """The first cell of each column that is not empty."""
    found: dict[str, str] = {}
    for row in table.sample(20):
        if not row.ragged:
            for column, value in zip(table.columns, row.values, strict=True):
                if value.strip() and column not in found:
                    found[column] = value.strip()[:60]
    return found


def preview(
    upload: Any, mapping: Mapping[str, str], table: Table, actor: Actor
) -> tuple[list[Field], list[PreviewRow]]:
    """The first rows as they will be understood, problems beside their values."""
    upload.mapping = dict(mapping)
    shown = [f for f in fields_of(upload.kind) if f.name in mapping]
    try:
        importer = IMPORTERS[upload.kind](upload, table, actor, whole=False)
    except ExpectedError:
        return [], []
    rows = []
    for row in table.sample(10):
        if row.ragged:
            rows.append(PreviewRow(row.number, [], row.problem(len(table.columns))))
            continue
        item = importer.read([row])[0]
        wrong = {p.field: p.reason for p in item.problems}
        values = dict(zip(table.columns, row.values, strict=True))
        cells = [_cell(item, f.name, wrong, values[mapping[f.name]]) for f in shown]
        left = "; ".join(r for f, r in wrong.items() if f not in mapping)
        rows.append(PreviewRow(row.number, cells, left))
    return shown, rows


def _cell(item: Item, name: str, wrong: dict[str, str], raw: str) -> Cell:
    if name in wrong:
        return Cell(raw[:80], wrong[name])
    if name in ("first_name", "last_name"):
        return Cell(raw.strip()[:80])
    draft = item.draft
    if name.startswith("account") and hasattr(draft, "account"):
        account = draft.account
        inner = {"account": "reference", "account_renewal": "renewal_on"}.get(
            name, name.removeprefix("account_").replace("id", "external_id")
        )
        value = getattr(account, inner, None) or (
            getattr(account, "name", None) if name == "account" else None
        )
    else:
        value = getattr(draft, name, None)
    return Cell(_text(value))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if value in DecisionRole.values:
        return str(DecisionRole(value).label)
    return (
        date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "strftime") else str(value)[:80]
    )


def lacking(kind: str, mapping: Mapping[str, str]) -> str:
    """What must be chosen before a trial makes sense, as a sentence; "" when nothing."""
    if kind == UploadKind.CUSTOMERS and not {"external_id", "email"} & mapping.keys():
        return _("Choose the column of the external id or of the e-mail: customers are told by it.")
    if kind == UploadKind.ACCOUNTS and not {"external_id", "name"} & mapping.keys():
        return _("Choose the column of the external id or of the name: accounts are told by it.")
    if kind == UploadKind.INTERACTIONS and (missing := lacking_of_interactions(mapping)):
        return missing
    if kind == UploadKind.ANSWERS and "score" not in mapping:
        return _("Choose the column of the score.")
    if kind == UploadKind.TARGETS:
        return lacking_of_targets(mapping)
    if kind == UploadKind.REPORTS:
        return lacking_of_reports(mapping)
    extra = [name for name in mapping if name.startswith(PROPERTY)]
    if kind == UploadKind.PANEL:
        return lacking_of_panels(mapping, extra)
    return lacking_of_figures(mapping, extra) if kind == UploadKind.KEY_FIGURES else ""


def title_of(kind: str) -> str:
    return {
        UploadKind.CUSTOMERS: _("Import customers"),
        UploadKind.ACCOUNTS: _("Import accounts"),
        UploadKind.INTERACTIONS: _("Import interactions"),
        UploadKind.ANSWERS: _("Import historic answers"),
        UploadKind.PANEL: _("Import competitors' scores"),
        UploadKind.KEY_FIGURES: _("Import key figures"),
        UploadKind.TARGETS: _("Import targets"),
        UploadKind.REPORTS: _("Import complaints and other reports"),
    }[UploadKind(kind)]


def words_for_others(kind: str) -> str:
    """What becomes of a ticked column that fills no field."""
    if kind == UploadKind.PANEL:
        return _(
            "Where a column says the brand: tick the aspects that were rated. Otherwise: tick one "
            "column for each brand, with its score in it."
        )
    if kind == UploadKind.KEY_FIGURES:
        return _("Tick one column for each key figure. The rest of the columns is left out.")
    return _(
        "Tick what to keep as a property: every number can then be cut by it. The rest of the "
        "columns is left out."
    )


def needs(kind: str) -> str:
    """What a file must have, said before it is brought."""
    return {
        UploadKind.CUSTOMERS: _("Every customer needs an external id or an e-mail."),
        UploadKind.ACCOUNTS: _("Every account needs an external id or a name."),
        UploadKind.INTERACTIONS: _(
            "Every interaction needs a touchpoint, a time and a customer: external id, e-mail or "
            "phone."
        ),
        UploadKind.ANSWERS: _("Every answer needs a score."),
        UploadKind.PANEL: _(
            "Each row is one person and one brand with a score, or one person with a column for "
            "each brand."
        ),
        UploadKind.KEY_FIGURES: _(
            "Each row is a unit and a month; each key figure has a column of its own, or columns "
            "say which figure it is and its value."
        ),
        UploadKind.TARGETS: _(
            "Each row is a unit, when its target begins (2026, 2026-Q1 or 2026-03) and the target. "
            "Without a unit it is the company's."
        ),
        UploadKind.REPORTS: _(
            "Each row is a theme, a unit, a day or month and how many complaints came in; another "
            "column can say that they came by social media or from employees."
        ),
    }[UploadKind(kind)]


def words_for_repeats(kind: str) -> str:
    """What becomes of empty cells, and of rows that speak of the same thing."""
    if kind == UploadKind.PANEL:
        return _("An empty score means not rated. Of several rows for one person the last counts.")
    if kind == UploadKind.REPORTS:
        return _(
            "A count for the same theme, unit, way and day or month takes the place of the one "
            "before. Of several such rows in the file the last counts."
        )
    if kind in (UploadKind.KEY_FIGURES, UploadKind.TARGETS):
        return _(
            "An empty cell changes nothing. Of several rows for the same thing the last counts."
        )
    if kind == UploadKind.INTERACTIONS:
        return _(
            "An empty cell leaves what is known as it is. Of several rows for one interaction the "
            "last counts."
        )
    return _(
        "An empty cell leaves what is known as it is. Of several rows for one customer the last "
        "counts."
    )
