"""What does a person write about ready words, in each language?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.cases.operations.templating import TemplateChange


class TemplateForm(forms.Form):
    """A name, and a subject and a text for every language of the product."""

    name = forms.CharField(label=_("Name"), max_length=100)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code, _label in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("About"), max_length=300, required=False
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Letter"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 10}),
            )

    def parts(self) -> list[dict[str, Any]]:
        """Each language with its two fields, for the page."""
        return [
            {
                "code": code,
                "label": label,
                "subject": self[f"subject_{code}"],
                "text": self[f"text_{code}"],
                "written": bool(self[f"text_{code}"].value()),
                "wrong": bool(self[f"subject_{code}"].errors or self[f"text_{code}"].errors),
            }
            for code, label in settings.LANGUAGES
        ]

    def change(self) -> TemplateChange:
        given = self.cleaned_data
        return TemplateChange(
            name=given["name"],
            words={
                code: (given[f"subject_{code}"], given[f"text_{code}"])
                for code, _label in settings.LANGUAGES
            },
        )


def initial_of(template: Any) -> dict[str, str]:
    found = {"name": template.name}
    for code, words in template.words.items():
        found[f"subject_{code}"] = words.get("subject", "")
        found[f"text_{code}"] = words.get("text", "")
    return found
