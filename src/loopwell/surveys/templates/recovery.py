"""What do we ask a customer some weeks after we called them back?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Condition, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

AFTER_A_CASE = "after-a-case"
"""The touchpoint of what a closed case leaves in a customer's history."""

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("kept", QuestionType.SINGLE, options=("yes", "partly", "no")),
    Question("open", QuestionType.TEXT, shown_if=Condition("kept", ("partly", "no"))),
    CONSENT,
)
OWN = {
    "en": {
        "question": "We spoke with you some weeks ago. How likely are you now to recommend "
        "{company} to a friend or colleague?",
        "kept.label": "Did we do what we promised you?",
        "open.label": "What is still open?",
        "subject": "{name}, did we keep our word?",
        "preheader": "It begins with one click and takes less than a minute.",
        "greeting": "Hello {name},\n\nsome weeks ago you were not happy with us, and we called "
        "you. Is it better now? One click takes ten seconds. If something is still open, tell us: "
        "a person reads every answer.",
        "reminder_subject": "{name}, is it settled now?",
        "reminder_greeting": "Hello {name},\n\nwe called you some weeks ago and would still like "
        "to know whether things are better now. One click is enough.",
    },
    "ru": {
        "question": "Несколько недель назад мы с вами говорили. С какой вероятностью вы "
        "порекомендуете компанию {company} друзьям или коллегам теперь?",
        "kept.label": "Сделали ли мы то, что обещали?",
        "open.label": "Что ещё осталось решить?",
        "subject": "{name}, сдержали ли мы слово?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт меньше минуты.",
        "greeting": "Здравствуйте, {name}!\n\nНесколько недель назад вы были нами недовольны, и мы "
        "вам позвонили. Стало ли лучше? Хватит одного нажатия и десяти секунд. Если что-то "
        "осталось нерешённым, напишите: каждый ответ читает живой человек.",
        "reminder_subject": "{name}, всё ли теперь решено?",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНесколько недель назад мы вам звонили. Нам "
        "по-прежнему важно знать, стало ли лучше. Достаточно одного нажатия.",
    },
    "uk": {
        "question": "Кілька тижнів тому ми з вами розмовляли. Наскільки ймовірно, що тепер ви "
        "порадите компанію {company} друзям або колегам?",
        "kept.label": "Чи зробили ми те, що обіцяли?",
        "open.label": "Що ще залишилося вирішити?",
        "subject": "{name}, чи дотримали ми слова?",
        "preheader": "Досить одного натискання, усе разом займе менше хвилини.",
        "greeting": "Добрий день, {name}!\n\nКілька тижнів тому ви були нами невдоволені, і ми вам "
        "зателефонували. Чи стало краще? Вистачить одного натискання й десяти секунд. Якщо щось "
        "лишилося невирішеним, напишіть: кожну відповідь читає жива людина.",
        "reminder_subject": "{name}, чи все тепер вирішено?",
        "reminder_greeting": "Добрий день, {name}!\n\nКілька тижнів тому ми вам телефонували. Нам "
        "і досі важливо знати, чи стало краще. Досить одного натискання.",
    },
    "pl": {
        "question": "Kilka tygodni temu rozmawialiśmy z Państwem. Jak bardzo prawdopodobne jest, "
        "że teraz polecą Państwo firmę {company} znajomym lub współpracownikom?",
        "kept.label": "Czy zrobiliśmy to, co obiecaliśmy?",
        "open.label": "Co pozostało do załatwienia?",
        "subject": "Czy dotrzymaliśmy słowa?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie mniej niż minutę.",
        "greeting": "Dzień dobry!\n\nKilka tygodni temu byli Państwo z nas niezadowoleni i "
        "zadzwoniliśmy do Państwa. Czy jest lepiej? Wystarczy jedno kliknięcie i dziesięć sekund. "
        "Jeśli coś pozostało niezałatwione, prosimy napisać: każdą odpowiedź czyta człowiek.",
        "reminder_subject": "Czy wszystko jest już załatwione?",
        "reminder_greeting": "Dzień dobry!\n\nKilka tygodni temu dzwoniliśmy do Państwa. Nadal "
        "chcielibyśmy wiedzieć, czy jest lepiej. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="recovery",
    name=_("After we called back"),
    what_for=_("Did we keep our word, and did the customer come back to us? Some weeks later."),
    icon="heart",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint=AFTER_A_CASE,
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
