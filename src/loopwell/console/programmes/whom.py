"""Which customers does somebody want to ask? The fields a programme and a sending share."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loopwell.people.enums import DecisionRole
from loopwell.sampling.rules import LONGEST_DAYS, CustomerFilter

PROPERTY_ROWS = (1, 2)
Choices = Sequence[tuple[str, Any]]


def days_in(text: str) -> tuple[int, ...]:
    """The days of “7, 21”; raises ValidationError."""
    parts = text.replace(";", ",").replace(" ", ",").split(",")
    if any(part and not (part.isascii() and part.isdigit()) for part in parts):
        raise forms.ValidationError(_("Write days as numbers, such as “7, 21”."))
    return tuple(int(part) for part in parts if part)


class WhomForm(forms.Form):
    """The survey, whom, and when to remind; the filter may stay empty: then everybody is wanted."""

    survey = forms.ChoiceField(label=_("Survey"))
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Empty: the survey’s name.")
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    who = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("consumers", _("Consumers")),
            ("contacts", _("People at accounts")),
        ],
    )
    role = forms.ChoiceField(
        label=_("Role in the decision"),
        required=False,
        choices=[("", _("Any")), *DecisionRole.choices],
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    search = forms.CharField(
        label=_("Name, e-mail or account contains"), max_length=100, required=False
    )
    other_languages = forms.BooleanField(
        label=_("Also ask customers whose language the survey does not speak"), required=False
    )

    reminders = forms.CharField(
        label=_("Remind on day"),
        max_length=40,
        initial="7, 21",
        required=False,
        help_text=_("Days after the message, such as “7, 21”; only who has not answered."),
    )
    open_for_days = forms.IntegerField(
        label=_("Answers are taken for … days"), min_value=1, max_value=LONGEST_DAYS, initial=35
    )

    def __init__(
        self,
        data: Any = None,
        *,
        choices: dict[str, list[tuple[str, str]]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.choose("unit", [("", _("The whole company")), *choices["units"]])
        self.choose("language", [("", _("Any")), *choices["languages"]])
        self.property_rows = [*PROPERTY_ROWS] if choices["properties"] else []
        for row in self.property_rows:
            self.fields[f"property_{row}"] = forms.ChoiceField(
                label=_("Property"), required=False, choices=[("", "–"), *choices["properties"]]
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=_("is exactly"), max_length=200, required=False
            )

    def choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_reminders(self) -> tuple[int, ...]:
        return days_in(self.cleaned_data["reminders"])

    @property
    def properties(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"property_{row}"], self[f"value_{row}"]) for row in self.property_rows]

    def wanted(self) -> CustomerFilter:
        """The filter typed so far; what is invalid asks for nothing."""
        given = self.cleaned_data
        pairs = (
            (given.get(f"property_{row}"), given.get(f"value_{row}")) for row in self.property_rows
        )
        return CustomerFilter(
            unit=given.get("unit", ""),
            language=given.get("language", ""),
            kind=given.get("who", ""),
            role=given.get("role", ""),
            search=given.get("search", ""),
            properties=tuple((name, value) for name, value in pairs if name and value),
        )


def filter_initial(wanted: CustomerFilter) -> dict[str, Any]:
    """The fields of WhomForm as this filter fills them."""
    found: dict[str, Any] = {
        "unit": wanted.unit,
        "language": wanted.language,
        "who": wanted.kind,
        "role": wanted.role,
        "search": wanted.search,
    }
    for row, (name, value) in zip(PROPERTY_ROWS, wanted.properties, strict=False):
        found[f"property_{row}"], found[f"value_{row}"] = name, value
    return found
