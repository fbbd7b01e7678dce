"""What do we ask a customer who has just been at a branch or in a shop?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("visit", QuestionType.GRID, options=("waiting", "welcome", "competence", "order")),
    Question("done", QuestionType.SINGLE, options=("yes", "partly", "no")),
    CONSENT,
)
OWN = {
    "en": {
        "question": "After your latest visit, how likely are you to recommend {company} to a "
        "friend or colleague?",
        "visit.label": "How do you rate your visit?",
        "visit.waiting": "Waiting time",
        "visit.welcome": "Friendliness",
        "visit.competence": "Knowledge and advice",
        "visit.order": "Order and comfort",
        "done.label": "Did you get done what you came for?",
        "subject": "{name}, how was your visit?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nthank you for coming to {company}. How was it? One click "
        "takes ten seconds, and a person reads every answer.",
        "reminder_subject": "{name}, one question about your visit is still open",
        "reminder_greeting": "Hello {name},\n\nyou visited {company} a few days ago, and we would "
        "still like to know how it was. One click is enough.",
    },
    "ru": {
        "question": "Недавно вы были у нас. С какой вероятностью после этого вы порекомендуете "
        "компанию {company} друзьям или коллегам?",
        "visit.label": "Как вы оцениваете посещение?",
        "visit.waiting": "Время ожидания",
        "visit.welcome": "Доброжелательность",
        "visit.competence": "Знания и советы",
        "visit.order": "Порядок и удобство",
        "done.label": "Удалось ли сделать то, ради чего вы пришли?",
        "subject": "{name}, понравилось ли вам у нас?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nСпасибо, что зашли в компанию {company}. Как вам у "
        "нас? Хватит одного нажатия и десяти секунд. Каждый ответ читает живой человек.",
        "reminder_subject": "{name}, остался один вопрос о вашем посещении",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНесколько дней назад вы были в компании "
        "{company}. Нам по-прежнему важно знать, как вам у нас. Достаточно одного нажатия.",
    },
    "uk": {
        "question": "Нещодавно ви були в нас. Наскільки ймовірно, що після цього ви порадите "
        "компанію {company} друзям або колегам?",
        "visit.label": "Як ви оцінюєте відвідини?",
        "visit.waiting": "Час очікування",
        "visit.welcome": "Привітність",
        "visit.competence": "Знання й поради",
        "visit.order": "Лад і зручність",
        "done.label": "Чи вдалося зробити те, заради чого ви прийшли?",
        "subject": "{name}, чи сподобалося вам у нас?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nДякуємо, що завітали до компанії {company}. Як вам у "
        "нас? Вистачить одного натискання й десяти секунд. Кожну відповідь читає жива людина.",
        "reminder_subject": "{name}, лишилося одне запитання про ваші відвідини",
        "reminder_greeting": "Добрий день, {name}!\n\nКілька днів тому ви були в компанії "
        "{company}. Нам і досі важливо знати, як вам у нас. Досить одного натискання.",
    },
    "pl": {
        "question": "Po ostatniej wizycie: jak bardzo prawdopodobne jest, że polecą Państwo firmę "
        "{company} znajomym lub współpracownikom?",
        "visit.label": "Jak oceniają Państwo tę wizytę?",
        "visit.waiting": "Czas oczekiwania",
        "visit.welcome": "Życzliwość",
        "visit.competence": "Wiedza i porady",
        "visit.order": "Porządek i wygoda",
        "done.label": "Czy udało się załatwić to, po co Państwo przyszli?",
        "subject": "Jak minęła wizyta u nas?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nDziękujemy za odwiedziny w firmie {company}. Jak było? "
        "Wystarczy jedno kliknięcie i dziesięć sekund. Każdą odpowiedź czyta człowiek.",
        "reminder_subject": "Zostało jedno pytanie o Państwa wizytę",
        "reminder_greeting": "Dzień dobry!\n\nKilka dni temu odwiedzili Państwo firmę {company}. "
        "Nadal chcielibyśmy wiedzieć, jak było. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="visit",
    name=_("After a visit"),
    what_for=_("Waiting, welcome, advice at a branch or shop. The same or the next day."),
    icon="building-store",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint="visit",
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
