"""What must be known about a unit's week and its days off?"""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loopwell.cases.operations import Week
from loopwell.kit.public_holidays import countries, regions


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WeekForm(forms.Form):
    """`region` is asked only where regions of the country have holidays of their own."""

    days = forms.MultipleChoiceField(
        label=_("Working days"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one working day.")},
    )
    start = forms.TimeField(label=pgettext_lazy("time of day", "From"), widget=TimeInput)
    end = forms.TimeField(label=pgettext_lazy("time of day", "To"), widget=TimeInput)
    country = forms.ChoiceField(label=_("Public holidays of"), required=False)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        help_text=_("Some regions of this country have holidays of their own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", _("no country: only the days below")), *countries(get_language() or "en")]
        self.fields["country"].choices = known  # type: ignore[attr-defined]  # a ChoiceField
        chosen = str(self["country"].value() or "")
        parts = regions(chosen) if chosen in dict(known) else []
        if parts and chosen == self.initial.get("country", ""):
            found = [("", _("the whole country")), *parts]
            self.fields["region"].choices = found  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["region"]

    def week(self) -> Week:
        said = self.cleaned_data
        region = f"-{said['region']}" if said.get("region") else ""
        return Week(
            days=frozenset(int(day) for day in said["days"]),
            start=said["start"],
            end=said["end"],
            holidays_of=f"{said['country']}{region}",
        )


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    name = forms.CharField(
        label=_("What for"),
        max_length=100,
        required=False,
        help_text=_("For example: stocktaking, company party."),
    )
    works = forms.ChoiceField(
        label=_("On this day the unit"),
        choices=[("", _("does not work")), ("1", _("works, though others are off"))],
        required=False,
        widget=forms.RadioSelect,
    )
