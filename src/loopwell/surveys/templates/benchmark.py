"""What do we ask a panel about us and our competitors, without saying who asks?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, _CONSENT = DEFAULT  # nobody is called: the panel must not learn who asks
ASPECTS = ("quality", "value", "service", "ease", "trust")
QUESTIONS = (
    SCORE,
    Question(
        "provider",
        QuestionType.SINGLE,
        required=True,
        options=("provider_a", "provider_b", "provider_c"),
        other=True,
    ),
    WHY,
    Question("drivers", QuestionType.GRID, options=ASPECTS),
    Question("panel", QuestionType.HIDDEN, source="panel"),
)
OWN = {
    "en": {
        "provider.label": "Which provider did you think of?",
        "provider.provider_a": "Provider A",
        "provider.provider_b": "Provider B",
        "provider.provider_c": "Provider C",
        "provider.other": "Another one",
        "drivers.label": "How do you rate this provider on each of these?",
    },
    "ru": {
        "provider.label": "О какой компании вы подумали?",
        "provider.provider_a": "Компания А",
        "provider.provider_b": "Компания Б",
        "provider.provider_c": "Компания В",
        "provider.other": "Другая",
        "drivers.label": "Как вы оцениваете эту компанию по каждому пункту?",
    },
    "uk": {
        "provider.label": "Про яку компанію ви подумали?",
        "provider.provider_a": "Компанія А",
        "provider.provider_b": "Компанія Б",
        "provider.provider_c": "Компанія В",
        "provider.other": "Інша",
        "drivers.label": "Як ви оцінюєте цю компанію за кожним пунктом?",
    },
    "pl": {
        "provider.label": "O której firmie Państwo pomyśleli?",
        "provider.provider_a": "Firma A",
        "provider.provider_b": "Firma B",
        "provider.provider_c": "Firma C",
        "provider.other": "Inna",
        "drivers.label": "Jak oceniają Państwo tę firmę pod każdym z tych względów?",
    },
}
TEMPLATE = Template(
    key="benchmark",
    name=_("Competitors"),
    what_for=_(
        "Where you stand against others. A panel answers and does not learn who asks. Put in the "
        "names of the providers before you publish."
    ),
    icon="trophy",
    kind=SurveyKind.BENCHMARK,
    questions=QUESTIONS,
    texts=worded(SurveyKind.BENCHMARK, QUESTIONS, OWN, further=False),
)
