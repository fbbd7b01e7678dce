"""What do people type on the page of one initiative?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from loopwell.console.initiatives.forms import Choices, DayField


class _Choosing(forms.Form):
    """One field of it chooses among what the page offers."""

    choosing = ""
    empty: Sequence[tuple[str, Any]] = ()

    def __init__(self, data: Any = None, *, choices: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields[self.choosing].choices = [*self.empty, *choices]  # type: ignore[attr-defined]  # a choice field


class MoveForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class AgreeForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)


class MilestoneForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What will be reached"), max_length=200)
    due_on = DayField(label=gettext_lazy("By"))


class TaskForm(_Choosing):
    choosing = "owner"
    empty = (("", gettext_lazy("nobody yet")),)
    what = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    function = forms.CharField(label=gettext_lazy("By which function"), required=False,
                               max_length=100)  # fmt: skip
    owner = forms.ChoiceField(label=gettext_lazy("By whom"), required=False)
    due_on = DayField(label=gettext_lazy("By"), required=False)


class RollOutForm(_Choosing):
    choosing = "unit"
    empty = (("", gettext_lazy("Choose a unit")),)
    unit = forms.ChoiceField(label=gettext_lazy("Unit, with all below it"))
    on = DayField(label=gettext_lazy("From this day on"))


class CompareForm(_Choosing):
    choosing = "units"
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Units that stay as they are"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: all units it is meant for that have no roll-out."),
    )  # fmt: skip


class DependForm(_Choosing):
    choosing = "others"
    others = forms.MultipleChoiceField(
        label=gettext_lazy("It needs these first"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LinkForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=1_000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("What it is"), required=False, max_length=150)


class DecisionForm(_Choosing):
    choosing = "chosen"
    what = forms.CharField(label=gettext_lazy("What was decided"), max_length=300)
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("These are done"), required=False, widget=forms.CheckboxSelectMultiple
    )
