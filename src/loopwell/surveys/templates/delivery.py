"""What do we ask a customer whose order has just arrived?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Condition, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("delivery", QuestionType.GRID, options=("on_time", "notices", "condition", "courier")),
    Question(
        "problem",
        QuestionType.SINGLE,
        options=("late", "damaged", "incomplete", "wrong", "reaching"),
        other=True,
        shown_if=Condition("nps", ("detractor",)),
    ),
    CONSENT,
)
OWN = {
    "en": {
        "question": "After your latest delivery, how likely are you to recommend {company} to a "
        "friend or colleague?",
        "delivery.label": "How do you rate the delivery?",
        "delivery.on_time": "On the promised day",
        "delivery.notices": "Notices on the way",
        "delivery.condition": "Condition of the goods",
        "delivery.courier": "The person who brought it",
        "problem.label": "What was the main problem?",
        "problem.late": "It came late",
        "problem.damaged": "Something was damaged",
        "problem.incomplete": "Something was missing",
        "problem.wrong": "Something wrong was brought",
        "problem.reaching": "Nobody rang, or it could not be handed over",
        "subject": "{name}, did everything arrive well?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nyour order from {company} has arrived. Was everything as it "
        "should be? One click takes ten seconds, and a person reads every answer.",
        "reminder_subject": "{name}, how was your delivery?",
        "reminder_greeting": "Hello {name},\n\nyour order arrived a few days ago, and we would "
        "still like to know whether all was well. One click is enough.",
    },
    "ru": {
        "question": "Недавно мы доставили вам заказ. С какой вероятностью после этого вы "
        "порекомендуете компанию {company} друзьям или коллегам?",
        "delivery.label": "Как вы оцениваете доставку?",
        "delivery.on_time": "Привезли в обещанный день",
        "delivery.notices": "Сообщения о доставке",
        "delivery.condition": "Состояние товара",
        "delivery.courier": "Курьер",
        "problem.label": "Что было главной проблемой?",
        "problem.late": "Привезли поздно",
        "problem.damaged": "Что-то повреждено",
        "problem.incomplete": "Чего-то не хватало",
        "problem.wrong": "Привезли не то",
        "problem.reaching": "Не позвонили или не смогли вручить",
        "subject": "{name}, всё ли доставили как надо?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nВаш заказ в компании {company} доставлен. Всё ли в "
        "порядке? Хватит одного нажатия и десяти секунд. Каждый ответ читает живой человек.",
        "reminder_subject": "{name}, как прошла доставка?",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНесколько дней назад вам доставили заказ. "
        "Нам по-прежнему важно знать, всё ли в порядке. Достаточно одного нажатия.",
    },
    "uk": {
        "question": "Нещодавно ми доставили вам замовлення. Наскільки ймовірно, що після цього ви "
        "порадите компанію {company} друзям або колегам?",
        "delivery.label": "Як ви оцінюєте доставку?",
        "delivery.on_time": "Привезли в обіцяний день",
        "delivery.notices": "Повідомлення про доставку",
        "delivery.condition": "Стан товару",
        "delivery.courier": "Кур’єр",
        "problem.label": "Що було головною проблемою?",
        "problem.late": "Привезли пізно",
        "problem.damaged": "Щось пошкоджено",
        "problem.incomplete": "Чогось бракувало",
        "problem.wrong": "Привезли не те",
        "problem.reaching": "Не зателефонували або не змогли вручити",
        "subject": "{name}, чи все доставили як слід?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nВаше замовлення в компанії {company} доставлено. Чи "
        "все гаразд? Вистачить одного натискання й десяти секунд. Кожну відповідь читає жива "
        "людина.",
        "reminder_subject": "{name}, як пройшла доставка?",
        "reminder_greeting": "Добрий день, {name}!\n\nКілька днів тому вам доставили замовлення. "
        "Нам і досі важливо знати, чи все гаразд. Досить одного натискання.",
    },
    "pl": {
        "question": "Po ostatniej dostawie: jak bardzo prawdopodobne jest, że polecą Państwo "
        "firmę {company} znajomym lub współpracownikom?",
        "delivery.label": "Jak oceniają Państwo dostawę?",
        "delivery.on_time": "Dostawa w obiecanym dniu",
        "delivery.notices": "Powiadomienia o dostawie",
        "delivery.condition": "Stan towaru",
        "delivery.courier": "Kurier",
        "problem.label": "Na czym polegał główny problem?",
        "problem.late": "Paczka przyszła za późno",
        "problem.damaged": "Coś było uszkodzone",
        "problem.incomplete": "Czegoś brakowało",
        "problem.wrong": "Przyszło nie to, co zamówiono",
        "problem.reaching": "Nikt nie zadzwonił lub nie udało się doręczyć",
        "subject": "Czy dostawa dotarła jak należy?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nPaństwa zamówienie w firmie {company} zostało dostarczone. "
        "Czy wszystko jest w porządku? Wystarczy jedno kliknięcie i dziesięć sekund. Każdą "
        "odpowiedź czyta człowiek.",
        "reminder_subject": "Jak przebiegła dostawa?",
        "reminder_greeting": "Dzień dobry!\n\nKilka dni temu dotarło do Państwa zamówienie. Nadal "
        "chcielibyśmy wiedzieć, czy wszystko jest w porządku. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="delivery",
    name=_("After a delivery"),
    what_for=_("On time, complete, undamaged? The day after the parcel arrived."),
    icon="truck",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint="delivery",
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
