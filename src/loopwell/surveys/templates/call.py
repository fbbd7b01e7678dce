"""What do we ask a customer who has just spoken to us on the phone?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Condition, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("solved", QuestionType.SINGLE, options=("yes", "partly", "no")),
    Question("open", QuestionType.TEXT, shown_if=Condition("solved", ("partly", "no"))),
    Question("agent", QuestionType.CSAT),
    CONSENT,
)
OWN = {
    "en": {
        "question": "After your latest call, how likely are you to recommend {company} to a "
        "friend or colleague?",
        "solved.label": "Did we solve what you called about?",
        "open.label": "What is still open?",
        "agent.label": "How satisfied are you with the person you spoke to?",
        "subject": "{name}, did our call help you?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nyou spoke to us on the phone recently. Could we help? One "
        "click takes ten seconds. If something is still open, tell us: a person reads every "
        "answer.",
        "reminder_subject": "{name}, is everything settled after our call?",
        "reminder_greeting": "Hello {name},\n\nyou spoke to us on the phone a few days ago, and "
        "we would still like to know whether it helped. One click is enough.",
    },
    "ru": {
        "question": "Вы недавно говорили с нами по телефону. С какой вероятностью после этого вы "
        "порекомендуете компанию {company} друзьям или коллегам?",
        "solved.label": "Решён ли вопрос, с которым вы звонили?",
        "open.label": "Что ещё осталось решить?",
        "agent.label": "Довольны ли вы сотрудником, с которым говорили?",
        "subject": "{name}, помог ли вам наш разговор?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nВы недавно говорили с нами по телефону. Удалось ли "
        "нам помочь? Хватит одного нажатия и десяти секунд. Если что-то осталось нерешённым, "
        "напишите: каждый ответ читает живой человек.",
        "reminder_subject": "{name}, всё ли решено после нашего разговора?",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНесколько дней назад вы говорили с нами "
        "по телефону. Нам по-прежнему важно знать, помог ли вам разговор. Достаточно одного "
        "нажатия.",
    },
    "uk": {
        "question": "Ви нещодавно розмовляли з нами телефоном. Наскільки ймовірно, що після цього "
        "ви порадите компанію {company} друзям або колегам?",
        "solved.label": "Чи вирішено питання, з яким ви телефонували?",
        "open.label": "Що ще залишилося вирішити?",
        "agent.label": "Наскільки ви задоволені працівником, з яким розмовляли?",
        "subject": "{name}, чи допомогла вам наша розмова?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nВи нещодавно розмовляли з нами телефоном. Чи вдалося "
        "нам допомогти? Вистачить одного натискання й десяти секунд. Якщо щось лишилося "
        "невирішеним, напишіть: кожну відповідь читає жива людина.",
        "reminder_subject": "{name}, чи все вирішено після нашої розмови?",
        "reminder_greeting": "Добрий день, {name}!\n\nКілька днів тому ви розмовляли з нами "
        "телефоном. Нам і досі важливо знати, чи допомогла вам розмова. Досить одного "
        "натискання.",
    },
    "pl": {
        "question": "Po ostatniej rozmowie telefonicznej: jak bardzo prawdopodobne jest, że "
        "polecą Państwo firmę {company} znajomym lub współpracownikom?",
        "solved.label": "Czy sprawa, z którą Państwo dzwonili, jest załatwiona?",
        "open.label": "Co pozostało do załatwienia?",
        "agent.label": "Na ile są Państwo zadowoleni z osoby, z którą Państwo rozmawiali?",
        "subject": "Czy nasza rozmowa pomogła?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nNiedawno rozmawiali Państwo z nami przez telefon. Czy "
        "udało się pomóc? Wystarczy jedno kliknięcie i dziesięć sekund. Jeśli coś pozostało "
        "niezałatwione, prosimy napisać: każdą odpowiedź czyta człowiek.",
        "reminder_subject": "Czy po naszej rozmowie wszystko jest załatwione?",
        "reminder_greeting": "Dzień dobry!\n\nKilka dni temu rozmawiali Państwo z nami przez "
        "telefon. Nadal chcielibyśmy wiedzieć, czy udało się pomóc. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="call",
    name=_("After a call"),
    what_for=_("Was the matter solved, and how was the person? Within hours of the call."),
    icon="headset",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint="call",
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
