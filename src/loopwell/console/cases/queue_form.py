"""What do people look for in the queue, as it stands in the address?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from loopwell.access.queries import visible_units, visible_users
from loopwell.access.rules import Actor
from loopwell.cases import queries
from loopwell.cases.enums import ChurnRisk, Priority, Sort, Tab
from loopwell.cases.queries import QueueFilter

Choices = Sequence[tuple[str, Any]]
YES = [("", _("No matter")), ("yes", _("Yes"))]
CATEGORIES = [
    ("", _("Any answer")),
    ("detractor", _("Unhappy, 0 to 6")),
    ("passive", _("Passive, 7 or 8")),
    ("promoter", _("Promoters, 9 or 10")),
    (queries.SILENT, _("No answer")),
]
SELECTED = mark_safe(" selected")
SCORES = [("", _("Any score")), *((str(n), str(n)) for n in range(11))]


class ManyOptions(forms.Select):
    """A list of hundreds of units or people, written at once: a template for each is slow."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if key == chosen else "", said) for key, said in self.choices),
        )
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", given, options)


def pick(label: Any, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=ManyOptions)


class FilterForm(forms.Form):
    """Nonsense in the address is left out. The first two always show, the others are folded."""

    q = forms.CharField(
        label=_("Customer or account"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    sort = pick(_("Order"), Sort.choices)
    unit = pick(_("Unit"))
    owner = pick(_("Owner"))
    category = pick(_("Answer"), CATEGORIES)
    highest = pick(_("Score up to"), SCORES)
    priority = pick(
        _("Priority"),
        [("", _("Any priority")), *((str(n), label) for n, label in Priority.choices)],
    )
    due_today = pick(_("Call due today"), YES)
    replied = pick(_("Customer wrote back"), YES)
    risk = pick(_("Felt likely to leave"), [("", _("No matter")), *ChurnRisk.choices])
    rule = pick(_("Rule"))
    survey = pick(_("Survey"))
    language = pick(_("Language"), [("", _("All languages")), *settings.LANGUAGES])
    account = forms.CharField(required=False, max_length=14, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        units = [(unit.ref, unit.name) for unit in visible_units(actor)]
        people = [(u.ref, str(u)) for u in visible_users(actor).filter(is_active=True)]
        self._offer("unit", [("", _("All units")), *units])
        self._offer("owner", [("", _("Everybody")), (queries.NOBODY, _("Nobody")), *people])
        rules = [(rule.ref, _(rule.name)) for rule in queries.all_rules()]
        self._offer("rule", [("", _("All rules")), *rules])
        self._offer("survey", [("", _("All surveys")), *queries.surveys_with_cases(actor)])

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self, tab: Tab) -> QueueFilter:
        self.full_clean()
        found = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return QueueFilter(
            tab=tab,
            unit=found["unit"],
            owner=found["owner"],
            highest=int(found["highest"]) if found["highest"] else None,
            category=found["category"],
            priority=int(found["priority"]) if found["priority"] else None,
            rule=found["rule"],
            survey=found["survey"],
            account=found["account"],
            language=found["language"],
            search=found["q"],
            due_today=found["due_today"] == "yes",
            has_replied=found["replied"] == "yes",
            churn_risk=found["risk"],
            sort=Sort(found["sort"]) if found["sort"] else Sort.NEXT,
        )

    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("q", "sort", "account")]

    def folded_in_use(self) -> int:
        """How many of the folded filters narrow the list."""
        return sum(bool(self.cleaned_data.get(field.name)) for field in self.folded())
