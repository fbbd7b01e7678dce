"""What do we ask a customer who has just bought something?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Condition, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("easy", QuestionType.CES, points=7),
    Question(
        "obstacle",
        QuestionType.SINGLE,
        options=("choice", "information", "price", "payment", "staff"),
        other=True,
        shown_if=Condition("nps", ("detractor",)),
    ),
    CONSENT,
)
OWN = {
    "en": {
        "question": "After your latest purchase, how likely are you to recommend {company} to a "
        "friend or colleague?",
        "easy.label": "It was easy to find and buy what I wanted.",
        "obstacle.label": "What got in your way most?",
        "obstacle.choice": "What I wanted was not there",
        "obstacle.information": "Too little or wrong information",
        "obstacle.price": "Price or conditions",
        "obstacle.payment": "Ordering or paying",
        "obstacle.staff": "Advice or friendliness",
        "subject": "{name}, how was your purchase?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nthank you for buying from {company}. Did everything go as "
        "you wanted? One click takes ten seconds, and a person reads every answer.",
        "reminder_subject": "{name}, how was your purchase? One click is enough",
        "reminder_greeting": "Hello {name},\n\nyou bought from {company} recently, and we would "
        "still like to know how it went. One click is enough.",
    },
    "ru": {
        "question": "Вы недавно сделали у нас покупку. С какой вероятностью после неё вы "
        "порекомендуете компанию {company} друзьям или коллегам?",
        "easy.label": "Найти и купить то, что мне нужно, было легко.",
        "obstacle.label": "Что помешало больше всего?",
        "obstacle.choice": "Не было того, что нужно",
        "obstacle.information": "Мало сведений или они неверны",
        "obstacle.price": "Цена или условия",
        "obstacle.payment": "Оформление или оплата",
        "obstacle.staff": "Консультация или вежливость",
        "subject": "{name}, довольны ли вы покупкой?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nСпасибо за покупку в компании {company}. Всё ли "
        "прошло так, как вы хотели? Чтобы ответить, хватит одного нажатия и десяти секунд. "
        "Каждый ответ читает живой человек.",
        "reminder_subject": "{name}, как прошла ваша покупка?",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНедавно вы купили что-то в компании "
        "{company}. Нам по-прежнему хочется знать, как всё прошло. Достаточно одного нажатия.",
    },
    "uk": {
        "question": "Ви нещодавно зробили в нас покупку. Наскільки ймовірно, що після неї ви "
        "порадите компанію {company} друзям або колегам?",
        "easy.label": "Знайти й купити те, що мені потрібно, було легко.",
        "obstacle.label": "Що завадило найбільше?",
        "obstacle.choice": "Не було того, що потрібно",
        "obstacle.information": "Замало відомостей або вони хибні",
        "obstacle.price": "Ціна або умови",
        "obstacle.payment": "Оформлення або оплата",
        "obstacle.staff": "Консультація або ввічливість",
        "subject": "{name}, чи задоволені ви покупкою?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nДякуємо за покупку в компанії {company}. Чи все "
        "пройшло так, як ви хотіли? Щоб відповісти, вистачить одного натискання й десяти "
        "секунд. Кожну відповідь читає жива людина.",
        "reminder_subject": "{name}, як пройшла ваша покупка?",
        "reminder_greeting": "Добрий день, {name}!\n\nНещодавно ви щось купили в компанії "
        "{company}. Нам і досі хочеться знати, як усе пройшло. Досить одного натискання.",
    },
    "pl": {
        "question": "Po ostatnich zakupach: jak bardzo prawdopodobne jest, że polecą Państwo "
        "firmę {company} znajomym lub współpracownikom?",
        "easy.label": "Łatwo było znaleźć i kupić potrzebną rzecz.",
        "obstacle.label": "Co najbardziej przeszkodziło?",
        "obstacle.choice": "Nie było potrzebnej rzeczy",
        "obstacle.information": "Za mało informacji lub błędne informacje",
        "obstacle.price": "Cena lub warunki",
        "obstacle.payment": "Składanie zamówienia lub płatność",
        "obstacle.staff": "Doradztwo lub uprzejmość",
        "subject": "Czy zakupy się udały?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nDziękujemy za zakupy w firmie {company}. Czy wszystko "
        "poszło po Państwa myśli? Wystarczy jedno kliknięcie i dziesięć sekund. Każdą odpowiedź "
        "czyta człowiek.",
        "reminder_subject": "Jak udały się zakupy? Wystarczy jedno kliknięcie",
        "reminder_greeting": "Dzień dobry!\n\nNiedawno robili Państwo zakupy w firmie {company}. "
        "Nadal chcielibyśmy wiedzieć, jak poszło. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="purchase",
    name=_("After a purchase"),
    what_for=_("Was it easy to buy, and what got in the way? A day or two after each order."),
    icon="shopping-cart",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint="purchase",
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
