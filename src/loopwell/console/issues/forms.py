"""What do people type to raise issues and to answer them?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


class IssueForm(forms.Form):
    title = forms.CharField(label=_("What is wrong, in a few words"), max_length=150)
    text = forms.CharField(
        label=_("What happens, how often, and what it does to customers"),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=10_000,
        help_text=_("Also say why your team cannot solve it alone."),
    )
    theme = forms.ChoiceField(label=_("Root cause"), required=False)
    unit = forms.ChoiceField(label=_("For"))

    def __init__(self, data: Any = None, *, units: Choices, themes: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["theme"].choices = [("", _("not known")), *themes]  # type: ignore[attr-defined]  # a ChoiceField


class WorkForm(forms.Form):
    work = forms.CharField(
        label=_("What will be done"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The initiative, or the plain deed."),
    )
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].choices = [("", _("not decided yet")), *people]  # type: ignore[attr-defined]  # a ChoiceField


class WordsForm(forms.Form):
    """One text; its label says which."""

    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, label: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["text"].label = label


class JoinForm(forms.Form):
    first = forms.ChoiceField(label=_("The issue that was raised before"))

    def __init__(self, data: Any = None, *, issues: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["first"].choices = [("", _("Choose an issue")), *issues]  # type: ignore[attr-defined]  # a ChoiceField
