"""What does a person write to those who raised a problem, in each language?"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class TellingForm(forms.Form):
    """A subject and a text for every language of the product."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code, _label in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("About"), max_length=300, required=False
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Message"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 9}),
            )

    def parts(self, readers: dict[str, int]) -> list[dict[str, Any]]:
        """Each language with its two fields and how many read it."""
        return [
            {
                "code": code,
                "label": label,
                "readers": readers.get(code, 0),
                "subject": self[f"subject_{code}"],
                "text": self[f"text_{code}"],
                "written": bool(self[f"text_{code}"].value()),
                "wrong": bool(self[f"subject_{code}"].errors or self[f"text_{code}"].errors),
            }
            for code, label in settings.LANGUAGES
        ]

    def words(self) -> dict[str, tuple[str, str]]:
        said = self.cleaned_data
        return {
            code: (said[f"subject_{code}"], said[f"text_{code}"])
            for code, _label in settings.LANGUAGES
        }


def initial_of(words: dict[str, dict[str, str]]) -> dict[str, str]:
    found = {}
    for code, said in words.items():
        found[f"subject_{code}"] = said.get("subject", "")
        found[f"text_{code}"] = said.get("text", "")
    return found
