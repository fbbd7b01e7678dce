"""What do people type on the pages of surveys?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.questions import Question
from loopwell.surveys.rules import (
    MAIL_TEXTS,
    THANKS_TEXTS,
    Text,
    faults,
    texts_of,
    texts_of_question,
)


class NewSurveyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("Only you and your colleagues see it."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[
            (
                SurveyKind.RELATIONSHIP,
                gettext_lazy("The relationship: what customers think of us in general"),
            ),
            (
                SurveyKind.TRANSACTIONAL,
                gettext_lazy(
                    "A contact: what customers think right after a visit, call or delivery"
                ),
            ),
        ],
        initial=SurveyKind.RELATIONSHIP,
        widget=forms.RadioSelect,
    )
    touchpoint = forms.CharField(
        label=gettext_lazy("Which contact?"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "For example: delivery, visit, call. Only for a survey about a contact."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )


class LanguagesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    default = forms.ChoiceField(
        label=gettext_lazy("Language for everybody else"), choices=settings.LANGUAGES
    )


class TextsForm(forms.Form):
    """One language's texts; a draft may lack some, but none may be wrong."""

    def __init__(
        self, data: Any = None, *, texts: Mapping[str, str], questions: Sequence[Question]
    ) -> None:
        super().__init__(data)
        self.questions = questions
        self.lacking = faults(texts, questions).keys()
        for text in texts_of(questions):
            self.fields[text.key] = _field(text, texts.get(text.key, ""))

    def groups(self) -> list[dict[str, Any]]:
        """Headed by question; then what comes after, and the messages."""
        parts: list[tuple[str, str, Sequence[Text]]] = [
            (str(each.type.label), each.key, texts_of_question(each)) for each in self.questions
        ]
        parts += [
            (_("After the answer"), "thanks", THANKS_TEXTS),
            (_("The message"), "mail", MAIL_TEXTS),
        ]
        return [
            {
                "title": title,
                "key": key,
                "fields": [self[text.key] for text in texts],
                "lacking": sum(text.key in self.lacking for text in texts),
            }
            for title, key, texts in parts
            if texts
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = texts_of(self.questions)
        known = {text.key: given.get(text.key, "") for text in wanted}
        for key, messages in faults(known, self.questions).items():
            if key not in self.errors and known[key].strip():
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
        required=False,
        widget=widget,
    )
