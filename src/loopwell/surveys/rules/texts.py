"""Which texts does a survey need, which does a customer read, and what is wrong with them?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.surveys.enums import QuestionType
from loopwell.surveys.models import Version
from loopwell.surveys.questions import DEFAULT, Question, text_keys
from loopwell.surveys.rules.filling import placeholder_fault
from loopwell.surveys.rules.languages import language_for
from loopwell.surveys.wording import ready_made


@dataclass(frozen=True)
class Text:
    """One text of a survey: `label` names it to whoever writes it; optional ones may be empty."""

    key: str
    label: str | Promise
    lines: int = 1
    limit: int = 300
    optional: bool = False


QUESTION_TEXTS = (
    Text("question", gettext_lazy("The question"), lines=2),
    Text("low", gettext_lazy("What 0 means"), limit=60),
    Text("high", gettext_lazy("What 10 means"), limit=60),
)
WHY_TEXTS = (
    Text("why", gettext_lazy("Why that score?"), lines=2),
    Text("why_promoter", gettext_lazy("The same, to promoters"), lines=2, optional=True),
    Text("why_passive", gettext_lazy("The same, to passives"), lines=2, optional=True),
    Text("why_detractor", gettext_lazy("The same, to detractors"), lines=2, optional=True),
)
CONSENT_TEXTS = (Text("consent", gettext_lazy("May we contact you?"), lines=2),)
THANKS_TEXTS = (
    Text("thanks", gettext_lazy("Thanks"), lines=2),
    Text("thanks_promoter", gettext_lazy("Thanks, to promoters"), lines=2, optional=True),
    Text("thanks_passive", gettext_lazy("Thanks, to passives"), lines=2, optional=True),
    Text("thanks_detractor", gettext_lazy("Thanks, to detractors"), lines=2, optional=True),
    Text(
        "review_url",
        gettext_lazy("Address where promoters can review or recommend us"),
        limit=500,
        optional=True,
    ),
    Text("review_label", gettext_lazy("What the link to it says"), limit=60, optional=True),
    Text("call_when", gettext_lazy("Asking detractors when we may call"), lines=2, optional=True),
)
PAGE_TEXTS = (*QUESTION_TEXTS, *WHY_TEXTS, *CONSENT_TEXTS, *THANKS_TEXTS)
MAIL_TEXTS = (
    Text("subject", gettext_lazy("Subject"), limit=120),
    Text("preheader", gettext_lazy("Line shown after the subject"), limit=120),
    Text("greeting", gettext_lazy("Greeting and a few words"), lines=5, limit=2000),
    Text("reminder_subject", gettext_lazy("Subject of the reminder"), limit=120),
    Text("reminder_greeting", gettext_lazy("Words of the reminder"), lines=5, limit=2000),
    Text("reminder2_subject", gettext_lazy("Subject of later reminders"), limit=120, optional=True),
    Text(
        "reminder2_greeting",
        gettext_lazy("Words of later reminders"),
        lines=5,
        limit=2000,
        optional=True,
    ),
    Text("footer", gettext_lazy("Why you receive this"), lines=2),
    Text("unsubscribe", gettext_lazy("Link to be left alone"), limit=60),
    Text("sms", gettext_lazy("The SMS; its link follows"), lines=2, optional=True),
    Text("sms_reminder", gettext_lazy("The SMS that reminds"), lines=2, optional=True),
    Text("call_greeting", gettext_lazy("Greeting on the phone"), lines=3, limit=600, optional=True),
)
TEXTS = (*PAGE_TEXTS, *MAIL_TEXTS)
"""The fixed texts; those of further questions come from `texts_of_question`."""
OPTIONAL = frozenset(text.key for text in TEXTS if text.optional)


def texts_of_question(question: Question) -> tuple[Text, ...]:
    """The texts of one question, in the order they are read."""
    match question.type:
        case QuestionType.NPS:
            return QUESTION_TEXTS
        case QuestionType.COMMENT:
            return WHY_TEXTS
        case QuestionType.CONSENT:
            return CONSENT_TEXTS
    places = {f"{question.key}.{option}": n for n, option in enumerate(question.options, 1)}
    return tuple(_text(key, question, places) for key in text_keys(question))


def _text(key: str, question: Question, places: Mapping[str, int]) -> Text:
    if key in places:
        grid = question.type == QuestionType.GRID
        name = gettext_lazy("Aspect {place}") if grid else gettext_lazy("Choice {place}")
        return Text(key, format_lazy(name, place=places[key]), limit=120)
    match key.rpartition(".")[2]:
        case "low":
            return Text(key, gettext_lazy("What 1 means"), limit=60)
        case "high":
            label = format_lazy(gettext_lazy("What {points} means"), points=question.points)
            return Text(key, label, limit=60)
        case "other":
            return Text(key, gettext_lazy("The choice of own words"), limit=60)
    return Text(key, gettext_lazy("The question"), lines=2)


def texts_of(questions: Iterable[Question] = DEFAULT) -> tuple[Text, ...]:
    """Every text that a survey of these questions has."""
    own = [text for question in questions for text in texts_of_question(question)]
    return (*own, *THANKS_TEXTS, *MAIL_TEXTS)


def texts_for(version: Version, language: str) -> dict[str, str]:
    """Every text in the customer's language; a missing one is our ready-made one, a further
    question's that of the default language. Optional ones that were left empty are empty."""
    shown = language_for(version, language)
    own = version.texts.get(shown, {})
    written = {key: text for key, text in own.items() if text.strip()}
    ready = ready_made(version.survey.kind, shown)
    ready.update(dict.fromkeys(OPTIONAL, ""))
    if shown != version.default_language:
        spare = version.texts.get(version.default_language, {})
        ready.update({key: text for key, text in spare.items() if "." in key})
    return {**ready, **written}


def faults(
    texts: Mapping[str, str], questions: Sequence[Question] = DEFAULT
) -> dict[str, list[str]]:
    """What must be mended in one language before it can be published, by text."""
    found = {}
    for text in texts_of(questions):
        if message := _fault(text, texts.get(text.key, "")):
            found[text.key] = [message]
    url, label = texts.get("review_url", "").strip(), texts.get("review_label", "").strip()
    if url and not label:
        found["review_label"] = [_("Write what the link says: the address is filled in.")]
    return found


def _fault(text: Text, value: str) -> str:
    if not value.strip():
        return "" if text.optional else _("Write this text.")
    if len(value) > text.limit:
        return _("At most %(limit)d characters.") % {"limit": text.limit}
    if text.key == "review_url":
        return "" if _is_https(value) else _("Give a whole address that begins with https://.")
    return placeholder_fault(value)


def _is_https(value: str) -> bool:
    try:
        parts = urlsplit(value.strip())
    except ValueError:  # brackets that no address has
        return False
    return parts.scheme == "https" and "." in parts.netloc and " " not in value.strip()


@dataclass(frozen=True)
class Completeness:
    """How many of the texts a language needs are written and right."""

    done: int
    needed: int

    @property
    def whole(self) -> bool:
        return self.done == self.needed


def completeness(texts: Mapping[str, str], questions: Sequence[Question]) -> Completeness:
    needed = {text.key for text in texts_of(questions) if not text.optional}
    wrong = faults(texts, questions).keys()
    return Completeness(len(needed - wrong), len(needed | (wrong - needed)))
