"""What does a person type about one question, and which question is it then?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.console.surveys.cards import label_of, value_words
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.operations import Words
from loopwell.surveys.questions import Condition, Question, text_keys
from loopwell.surveys.rules import Text, texts_of_question
from loopwell.surveys.rules.suggestions import suggestion

CHOICES = (QuestionType.SINGLE, QuestionType.MULTIPLE)
LISTED = (*CHOICES, QuestionType.GRID)
PARTS = ("low", "high", "other")
FIXED = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT)
SPARE_ROWS = 3
LAST = ("other", "other_label", "required")


class QuestionForm(forms.Form):
    """One question in one language. `earlier` are the questions it may depend on."""

    label = forms.CharField(
        label=gettext_lazy("The question"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.RegexField(
        regex=r"^[A-Za-z][A-Za-z0-9_]{0,39}$",
        label=gettext_lazy("Filled from"),
        help_text=gettext_lazy(
            "The name of a customer’s property, or of a parameter in the link: ?shop=12 is “shop”."
        ),
        error_messages={
            "invalid": gettext_lazy(
                "Latin letters, digits and underlines, beginning with a letter."
            )
        },
    )
    points = forms.TypedChoiceField(
        label=gettext_lazy("Points on the scale"),
        coerce=int,
        choices=[(n, n) for n in range(2, 11)],
    )
    low = forms.CharField(label=gettext_lazy("What the lowest means"), max_length=60)
    high = forms.CharField(label=gettext_lazy("What the highest means"), max_length=60)
    other = forms.BooleanField(
        label=gettext_lazy("Let customers answer in own words"), required=False
    )
    other_label = forms.CharField(
        label=gettext_lazy("What that choice is called"), max_length=60, required=False
    )
    required = forms.BooleanField(
        label=gettext_lazy("Must be answered"),
        required=False,
        help_text=gettext_lazy("The score counts in any case."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        question: Question,
        texts: Mapping[str, str],
        language: str,
        earlier: Sequence[Question] = (),
        settled: bool = False,
    ) -> None:
        start = self._start(question, texts, language)
        super().__init__(data, initial=start)
        self.question, self.texts, self.earlier = question, texts, earlier
        for name in set(self.fields) - set(_names(question.type)):
            del self.fields[name]
        for text in more_texts(question):
            self.fields[text.key] = forms.CharField(
                label=str(text.label), max_length=text.limit, required=False,
                initial=texts.get(text.key, ""), widget=forms.Textarea(attrs={"rows": text.lines}),
            )  # fmt: skip
        if settled and "points" in self.fields:
            self.fields["points"].disabled = True
            self.fields["points"].help_text = _(
                "Fixed: answers on another scale would not compare."
            )

    @staticmethod
    def _start(question: Question, texts: Mapping[str, str], language: str) -> dict[str, Any]:
        def said(part: str) -> str:
            key = part if question.type == QuestionType.NPS else f"{question.key}.{part}"
            return texts.get(key) or suggestion(question.type, part, language)

        label = "" if question.type == QuestionType.HIDDEN else label_of(question, texts)
        return {
            "label": label or suggestion(question.type, "label", language),
            "low": said("low"),
            "high": said("high"),
            "other_label": said("other"),
            "other": question.other,
            "points": question.points,
            "required": question.required,
            "source": question.source,
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("other") and not given.get("other_label"):
            self.add_error("other_label", _("Write this text."))
        try:
            self.condition()
        except ValueError as error:
            self.add_error(None, str(error))
        return given

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What stands before the choices."""
        return [field for field in self if field.name not in LAST]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in LAST]

    def option_rows(self) -> list[dict[str, str]]:
        """Key and words of each choice, and some empty rows to write more."""
        if self.question.type not in LISTED:
            return []
        rows = [{"key": key, "label": label} for key, label in self._options()]
        return rows + [{"key": "", "label": ""}] * SPARE_ROWS

    def _options(self) -> list[tuple[str, str]]:
        if not self.is_bound:
            key = self.question.key
            return [(o, self.texts.get(f"{key}.{o}", "")) for o in self.question.options]
        data = self._posted()
        labels, keys = data.getlist("option_label"), data.getlist("option_key")
        rows = list(zip(keys, (label.strip()[:120] for label in labels), strict=False))
        return _moved([row for row in rows if row[1]], data)

    def depends_on(self) -> list[dict[str, Any]]:
        """The answers that this question can wait for, by earlier question."""
        chosen = self._chosen()
        found = []
        for each in self.earlier:
            words = value_words(each, self.texts)
            values = [
                {"value": f"{each.key}:{v}", "label": w, "chosen": f"{each.key}:{v}" in chosen}
                for v, w in words.items()
            ]
            if values:
                is_open = any(value["chosen"] for value in values)
                label = label_of(each, self.texts)
                found.append({"label": label, "values": values, "open": is_open, "of": each})
        return found

    def _chosen(self) -> list[str]:
        if self.is_bound:
            return self._posted().getlist("shown_to")
        condition = self.question.shown_if
        return [f"{condition.question}:{v}" for v in condition.values] if condition else []

    def _posted(self) -> QueryDict:
        return cast("QueryDict", self.data)  # __init__ takes nothing else

    def condition(self) -> Condition | None:
        """Raises ValueError with a sentence when answers of several questions are chosen."""
        pairs = [tuple(each.partition(":")[::2]) for each in self._chosen()]
        if not pairs:
            return None
        if len({key for key, _value in pairs}) > 1:
            raise ValueError(_("Choose answers of one earlier question only."))
        return Condition(pairs[0][0], tuple(value for _key, value in pairs))

    def written(self) -> tuple[Question, Words]:
        """As typed, whether right or wrong: for saving once valid, and for the preview."""
        given = {name: self[name].value() for name in self.fields}
        more = {text.key: str(given[text.key] or "") for text in more_texts(self.question)}
        points = str(given.get("points") or self.question.points)
        try:
            condition = self.condition()
        except ValueError:  # said beside the form
            condition = None
        question = replace(
            self.question,
            required=bool(given.get("required")) or self.question.type == QuestionType.NPS,
            other=bool(given.get("other")),
            points=int(points) if points.isdecimal() else self.question.points,
            source=str(given.get("source") or ""),
            shown_if=condition,
        )
        words = Words(
            label=str(given.get("label") or ""),
            low=str(given.get("low") or ""),
            high=str(given.get("high") or ""),
            other=str(given.get("other_label") or ""),
            options=tuple(self._options()) if question.type in LISTED else (),
            more=more,
        )
        return question, words


def more_texts(question: Question) -> list[Text]:
    """What a fixed question says beside its label and ends: the “why” of each category."""
    if question.type not in FIXED:
        return []
    plain = text_keys(question)
    return [text for text in texts_of_question(question) if text.key not in plain]


def _moved(rows: list[tuple[str, str]], data: QueryDict) -> list[tuple[str, str]]:
    """With the row whose arrow was pressed one place up."""
    up = data.get("up", "")
    if up.isdecimal() and 0 < (place := int(up)) < len(rows):
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return rows


def _names(kind: QuestionType) -> tuple[str, ...]:
    match kind:
        case QuestionType.NPS:
            return ("label", "low", "high")
        case QuestionType.HIDDEN:
            return ("source",)
        case QuestionType.CSAT | QuestionType.CES | QuestionType.GRID:
            return ("label", "points", "low", "high", "required")
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            return ("label", "other", "other_label", "required")
    return ("label", "required")
