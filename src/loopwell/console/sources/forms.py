"""What does a person write about a source, or choose for customers nobody knows?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.integrations.sql.operations import SourceChange
from loopwell.integrations.sql.queries import databases
from loopwell.people.enums import UnknownCustomers

RULES = [
    (UnknownCustomers.HOLD, _("Keep them here until the customer comes or somebody decides")),
    (UnknownCustomers.CREATE, _("Add the customer with what is told about them")),
    (UnknownCustomers.REFUSE, _("Refuse them: customers come first, from elsewhere")),
]


class RuleForm(forms.Form):
    rule = forms.ChoiceField(
        label=_("Interactions of customers we do not know"),
        choices=RULES,
        widget=forms.RadioSelect,
    )


class SourceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    variable = forms.ChoiceField(
        label=_("Database"),
        help_text=_("Each LOOPWELL_SOURCE_… of the server. Its password is never shown."),
    )
    query = forms.CharField(
        label=_("Query"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
        help_text=_(
            "One SELECT. Call its columns order_id, touchpoint, at, customer_id, email and so on, "
            "and they are understood by themselves; others become properties."
        ),
    )
    watermark_column = forms.CharField(
        label=_("Column that grows"),
        required=False,
        max_length=100,
        help_text=_(
            "The moment of the last change, or a number. The query gets the largest value so far "
            "as :since, as in WHERE changed >= :since. Empty: every run reads everything."
        ),
    )
    since = forms.CharField(
        label=_("Read from"),
        required=False,
        max_length=100,
        help_text=_("Where the first run begins, such as 2026-01-01; moves on by itself."),
    )
    every_minutes = forms.IntegerField(
        label=_("Read every … minutes"), min_value=1, max_value=10_080, initial=15
    )
    time_zone = forms.ChoiceField(
        label=_("Clock of the times"), help_text=_("Times that carry their own zone keep it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, f"{name} · {place}" if place else name) for name, place in databases()]
        zones = [(name, name) for name in sorted(available_timezones())]
        self.fields["variable"].choices = named  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["time_zone"].initial = settings.TIME_ZONE

    def change(self) -> SourceChange:
        return SourceChange(**self.cleaned_data)


def initial_of(source: Any) -> dict[str, Any]:
    names = ("name", "variable", "query", "watermark_column", "every_minutes")
    found = {name: getattr(source, name) for name in names}
    zone = source.time_zone or settings.TIME_ZONE
    return found | {"since": source.watermark, "time_zone": zone}
