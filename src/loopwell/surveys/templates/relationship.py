"""What do we ask all customers in general, once or twice a year?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

ASPECTS = ("quality", "value", "service", "ease", "trust")
SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (SCORE, WHY, Question("drivers", QuestionType.GRID, options=ASPECTS), CONSENT)
OWN = {
    "en": {
        "drivers.label": "How do you rate {company} on each of these?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nwhat is it like to be our customer? Choose a number: that "
        "alone takes ten seconds and already helps us. Whoever likes to say more can do so right "
        "after. A person reads every answer.",
    },
    "ru": {
        "drivers.label": "Как вы оцениваете компанию {company} по каждому пункту?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nХорошо ли вам с нами? Выберите, пожалуйста, оценку: "
        "это займёт десять секунд и уже нам поможет. Если захотите рассказать подробнее, место "
        "для этого найдётся на следующей странице. Каждый ответ читает живой человек.",
    },
    "uk": {
        "drivers.label": "Як ви оцінюєте компанію {company} за кожним пунктом?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nЧи добре вам із нами? Виберіть, будь ласка, оцінку: "
        "це займе десять секунд і вже нам допоможе. Якщо захочете розповісти більше, для цього "
        "є місце на наступній сторінці. Кожну відповідь читає жива людина.",
    },
    "pl": {
        "drivers.label": "Jak oceniają Państwo firmę {company} pod każdym z tych względów?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nJak to jest być naszym klientem? Prosimy o wybranie oceny: "
        "to dziesięć sekund, a już nam pomaga. Kto chce powiedzieć więcej, znajdzie na to "
        "miejsce na następnej stronie. Każdą odpowiedź czyta człowiek.",
        "reminder_greeting": "Dzień dobry!\n\nKilka dni temu zapytaliśmy, jak to jest być naszym "
        "klientem, ale nie mamy jeszcze Państwa odpowiedzi. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="relationship",
    name=_("Relationship"),
    what_for=_("What customers think of you in general. Once or twice a year, to everybody."),
    icon="users",
    kind=SurveyKind.RELATIONSHIP,
    questions=QUESTIONS,
    texts=worded(SurveyKind.RELATIONSHIP, QUESTIONS, OWN),
)
