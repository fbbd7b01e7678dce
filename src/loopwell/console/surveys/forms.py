"""What do people type on the pages of surveys?"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.rules import MAIL_TEXTS, PAGE_TEXTS, TEXTS, Text, faults


class NewSurveyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Only you and your colleagues see it.")
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (SurveyKind.RELATIONSHIP, _("The relationship: what customers think of us in general")),
            (
                SurveyKind.TRANSACTIONAL,
                _("A contact: what customers think right after a visit, call or delivery"),
            ),
        ],
        initial=SurveyKind.RELATIONSHIP,
        widget=forms.RadioSelect,
    )
    touchpoint = forms.CharField(
        label=_("Which contact?"),
        max_length=60,
        required=False,
        help_text=_("For example: delivery, visit, call. Only for a survey about a contact."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class LanguagesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    default = forms.ChoiceField(label=_("Language for everybody else"), choices=settings.LANGUAGES)


class TextsForm(forms.Form):
    """One language's texts; what is wrong is said beside each but may be saved as a draft."""

    def __init__(self, data: Any = None, *, texts: Mapping[str, str]) -> None:
        super().__init__(data)
        for text in TEXTS:
            self.fields[text.key] = _field(text, texts.get(text.key, ""))

    @property
    def page_fields(self) -> list[forms.BoundField]:
        return [self[text.key] for text in PAGE_TEXTS]

    @property
    def mail_fields(self) -> list[forms.BoundField]:
        return [self[text.key] for text in MAIL_TEXTS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = {text.key: given.get(text.key, "") for text in TEXTS if text.key not in self.errors}
        for key, messages in faults(known).items():
            if key in known:
                self.add_error(key, messages[0])
        return given


def _field(text: Text, initial: str) -> forms.CharField:
    widget: forms.Widget = forms.TextInput()
    if text.lines > 1:
        widget = forms.Textarea(attrs={"rows": text.lines})
    return forms.CharField(
        label=str(text.label),
        initial=initial,
        max_length=text.limit,
        required=not text.optional,
        widget=widget,
    )
