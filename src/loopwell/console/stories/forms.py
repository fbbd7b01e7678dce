"""What do people type to publish stories, notices and key messages?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Role
from loopwell.stories.operations import StoryDraft


class StoryForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("What happened, and what did we do?"), widget=forms.Textarea(attrs={"rows": 10})
    )
    names_customer = forms.BooleanField(
        label=_("The customer agreed to be named"),
        required=False,
        help_text=_("Otherwise names, addresses and numbers must not stand in the text."),
    )

    def draft(self) -> StoryDraft:
        return StoryDraft(**self.cleaned_data)


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Why not"), max_length=300)


class NoticeForm(forms.Form):
    title = forms.CharField(label=_("What is new, in a few words"), max_length=150)
    text = forms.CharField(
        label=_("What is done differently from now on, and why"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    theme = forms.ChoiceField(label=_("The problem that caused it"), required=False)
    unit = forms.ChoiceField(label=_("For"))
    roles = forms.MultipleChoiceField(
        label=_("Only for these roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none for everybody."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        units: Sequence[tuple[str, str]],
        themes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["theme"].choices = [("", _("none of them")), *themes]  # type: ignore[attr-defined]  # a ChoiceField


class HonourForm(forms.Form):
    employee = forms.ChoiceField(label=_("Who"))
    reason = forms.CharField(
        label=_("What for"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["employee"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]  # a ChoiceField


class InLanguages(forms.Form):
    """A form with the same parts in every language; `parts` maps a name to label and rows."""

    parts: Mapping[str, tuple[Any, int]] = {}

    def __init__(self, *args: Any, texts: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            for part, (label, rows) in self.parts.items():
                widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=label,
                    required=False,
                    widget=widget,
                    max_length=20_000 if rows else 150,
                    initial=texts.get(code, {}).get(part, ""),
                )

    def languages(self) -> list[tuple[str, str, list[forms.BoundField], bool]]:
        """Code, name, fields and whether anything is written in it."""
        found = []
        for code, name in settings.LANGUAGES:
            fields = [self[f"{part}_{code}"] for part in self.parts]
            found.append((code, str(name), fields, any(field.value() for field in fields)))
        return found

    def texts(self) -> dict[str, dict[str, str]]:
        return {
            code: {part: self.cleaned_data[f"{part}_{code}"] for part in self.parts}
            for code, _name in settings.LANGUAGES
        }


class KeyMessageForm(InLanguages):
    parts = {
        "message": (_("The message"), 2),
        "scenario": (_("The scenario: how it is said, step by step"), 5),
        "offers": (_("Current offers"), 3),
    }
    touchpoint = forms.CharField(
        label=_("Touchpoint"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "known-touchpoints"}),
    )
    survey = forms.ChoiceField(
        label=_("Survey that checks whether it gets through"), required=False
    )

    def __init__(self, *args: Any, surveys: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"].choices = [("", _("none")), *surveys]  # type: ignore[attr-defined]  # a ChoiceField
