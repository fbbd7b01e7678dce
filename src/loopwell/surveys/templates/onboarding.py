"""What do we ask a customer who began to use us a few weeks ago?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Condition, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
QUESTIONS = (
    SCORE,
    WHY,
    Question("start", QuestionType.CES, points=7),
    Question(
        "missing",
        QuestionType.MULTIPLE,
        options=("instructions", "setup", "person", "features", "costs"),
        other=True,
        shown_if=Condition("nps", ("passive", "detractor")),
    ),
    CONSENT,
)
OWN = {
    "en": {
        "question": "After your first weeks with us, how likely are you to recommend {company} to "
        "a friend or colleague?",
        "start.label": "It was easy to get started.",
        "missing.label": "What would have helped you at the start?",
        "missing.instructions": "Clearer instructions",
        "missing.setup": "Help with setting up",
        "missing.person": "A person I can ask",
        "missing.features": "Something I expected and did not find",
        "missing.costs": "Clearer costs and terms",
        "subject": "{name}, have you settled in well?",
        "preheader": "It begins with one click and takes about a minute.",
        "greeting": "Hello {name},\n\nyou have been with {company} for a few weeks now. Did you "
        "get started well? One click takes ten seconds, and if something still does not work, "
        "tell us: a person reads every answer.",
        "reminder_subject": "{name}, how were your first weeks?",
        "reminder_greeting": "Hello {name},\n\na few days ago we asked how your first weeks with "
        "{company} went, and your opinion is still missing. One click is enough.",
    },
    "ru": {
        "question": "Вы с нами уже несколько недель. С какой вероятностью вы порекомендуете "
        "компанию {company} друзьям или коллегам?",
        "start.label": "Начать пользоваться было легко.",
        "missing.label": "Что помогло бы вам в самом начале?",
        "missing.instructions": "Более понятные инструкции",
        "missing.setup": "Помощь с настройкой",
        "missing.person": "Человек, которому можно задать вопрос",
        "missing.features": "То, на что я рассчитываю, но чего нет",
        "missing.costs": "Более ясные цены и условия",
        "subject": "{name}, хорошо ли вы у нас освоились?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около минуты.",
        "greeting": "Здравствуйте, {name}!\n\nВы уже несколько недель с компанией {company}. "
        "Легко ли было начать? Хватит одного нажатия и десяти секунд. Если что-то до сих пор не "
        "получается, напишите: каждый ответ читает живой человек.",
        "reminder_subject": "{name}, как прошли первые недели?",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНесколько дней назад мы спросили, как "
        "прошли ваши первые недели с компанией {company}, но ответа пока не получили. "
        "Достаточно одного нажатия.",
    },
    "uk": {
        "question": "Ви з нами вже кілька тижнів. Наскільки ймовірно, що ви порадите компанію "
        "{company} друзям або колегам?",
        "start.label": "Почати користуватися було легко.",
        "missing.label": "Що допомогло б вам на самому початку?",
        "missing.instructions": "Зрозуміліші інструкції",
        "missing.setup": "Допомога з налаштуванням",
        "missing.person": "Людина, яку можна запитати",
        "missing.features": "Те, на що я розраховую, але чого немає",
        "missing.costs": "Ясніші ціни й умови",
        "subject": "{name}, чи добре ви в нас освоїлися?",
        "preheader": "Досить одного натискання, усе разом займе близько хвилини.",
        "greeting": "Добрий день, {name}!\n\nВи вже кілька тижнів із компанією {company}. Чи "
        "легко було почати? Вистачить одного натискання й десяти секунд. Якщо щось досі не "
        "виходить, напишіть: кожну відповідь читає жива людина.",
        "reminder_subject": "{name}, як минули перші тижні?",
        "reminder_greeting": "Добрий день, {name}!\n\nКілька днів тому ми запитали, як минули "
        "ваші перші тижні з компанією {company}, але відповіді ще не отримали. Досить одного "
        "натискання.",
    },
    "pl": {
        "question": "Po pierwszych tygodniach z nami: jak bardzo prawdopodobne jest, że polecą "
        "Państwo firmę {company} znajomym lub współpracownikom?",
        "start.label": "Łatwo było zacząć.",
        "missing.label": "Co pomogłoby na samym początku?",
        "missing.instructions": "Jaśniejsze instrukcje",
        "missing.setup": "Pomoc w konfiguracji",
        "missing.person": "Osoba, którą można zapytać",
        "missing.features": "Coś, czego oczekuję, a czego nie ma",
        "missing.costs": "Jaśniejsze ceny i warunki",
        "subject": "Jak minęły pierwsze tygodnie?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około minuty.",
        "greeting": "Dzień dobry!\n\nOd kilku tygodni są Państwo z firmą {company}. Czy łatwo było "
        "zacząć? Wystarczy jedno kliknięcie i dziesięć sekund. Jeśli coś wciąż nie działa, "
        "prosimy napisać: każdą odpowiedź czyta człowiek.",
        "reminder_subject": "Jak zaczęła się nasza współpraca?",
        "reminder_greeting": "Dzień dobry!\n\nKilka dni temu zapytaliśmy, jak minęły pierwsze "
        "tygodnie z firmą {company}, ale nie mamy jeszcze odpowiedzi. Wystarczy jedno kliknięcie.",
    },
}
TEMPLATE = Template(
    key="onboarding",
    name=_("Getting started"),
    what_for=_("Did new customers settle in? Three to six weeks after they began."),
    icon="rocket",
    kind=SurveyKind.TRANSACTIONAL,
    touchpoint="onboarding",
    questions=QUESTIONS,
    texts=worded(SurveyKind.TRANSACTIONAL, QUESTIONS, OWN),
)
