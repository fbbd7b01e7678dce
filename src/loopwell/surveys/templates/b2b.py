"""What do we ask the people at our client companies?"""

from django.utils.translation import gettext_lazy as _

from loopwell.surveys.enums import QuestionType, SurveyKind
from loopwell.surveys.questions import DEFAULT, Question
from loopwell.surveys.templates.model import Template
from loopwell.surveys.templates.words import worded

SCORE, WHY, CONSENT = DEFAULT
ASPECTS = ("quality", "reliability", "contact", "support", "value")
QUESTIONS = (
    SCORE,
    WHY,
    Question("drivers", QuestionType.GRID, options=ASPECTS),
    Question("change", QuestionType.SINGLE, options=("better", "same", "worse", "new")),
    Question("first", QuestionType.TEXT),
    CONSENT,
)
OWN = {
    "en": {
        "question": "How likely are you to recommend {company} to a colleague or business partner?",
        "drivers.label": "How do you rate working with {company}?",
        "drivers.quality": "Quality of what we deliver",
        "drivers.reliability": "Dates and promises kept",
        "drivers.contact": "Your contact person",
        "drivers.support": "Help when something goes wrong",
        "change.label": "Compared with a year ago, working with us has become …",
        "change.better": "Better",
        "change.same": "About the same",
        "change.worse": "Worse",
        "change.new": "We have worked together for less than a year",
        "first.label": "What should we improve first for your company?",
        "subject": "{name}, how well do we work together?",
        "preheader": "It begins with one click and takes about two minutes.",
        "greeting": "Hello {name},\n\nyour company works with {company}, and we want to do that "
        "better. Please tell us how you see it. One click takes ten seconds; what you write after "
        "it goes to the people responsible for your account.",
        "reminder_subject": "{name}, your view of our work is still missing",
        "reminder_greeting": "Hello {name},\n\nwe recently asked how you see working with "
        "{company}. Your view counts, whether you decide or use what we deliver. One click is "
        "enough.",
        "footer": "You receive this message because your company is a client of {company}.",
        "consent": "May your contact person talk to you about your answer?",
    },
    "ru": {
        "question": "С какой вероятностью вы порекомендуете компанию {company} коллегам или "
        "деловым партнёрам?",
        "drivers.label": "Как вы оцениваете работу с компанией {company}?",
        "drivers.quality": "Качество того, что мы поставляем",
        "drivers.reliability": "Соблюдение сроков и обещаний",
        "drivers.contact": "Ваше контактное лицо у нас",
        "drivers.support": "Помощь, когда что-то идёт не так",
        "change.label": "По сравнению с прошлым годом работать с нами стало …",
        "change.better": "Лучше",
        "change.same": "Примерно так же",
        "change.worse": "Хуже",
        "change.new": "Мы работаем вместе меньше года",
        "first.label": "Что нам улучшить для вашей компании в первую очередь?",
        "subject": "{name}, как вам работается с нами?",
        "preheader": "Достаточно одного нажатия, всё вместе займёт около двух минут.",
        "greeting": "Здравствуйте, {name}!\n\nВаша компания работает с компанией {company}, и мы "
        "хотим делать свою часть лучше. Поделитесь, пожалуйста, своим мнением. Хватит одного "
        "нажатия и десяти секунд, а то, что вы напишете потом, прочитают те, кто отвечает за "
        "работу с вами.",
        "reminder_subject": "{name}, нам важен ваш взгляд на нашу работу",
        "reminder_greeting": "Здравствуйте, {name}!\n\nНедавно мы спросили, как вам работается с "
        "компанией {company}. Ваше мнение важно, принимаете ли вы решения или пользуетесь тем, "
        "что мы поставляем. Достаточно одного нажатия.",
        "footer": "Вы получили это письмо, потому что ваша компания — клиент компании {company}.",
        "consent": "Может ли ваше контактное лицо обсудить с вами этот ответ?",
    },
    "uk": {
        "question": "Наскільки ймовірно, що ви порадите компанію {company} колегам або діловим "
        "партнерам?",
        "drivers.label": "Як ви оцінюєте роботу з компанією {company}?",
        "drivers.quality": "Якість того, що ми постачаємо",
        "drivers.reliability": "Дотримання строків та обіцянок",
        "drivers.contact": "Ваша контактна особа в нас",
        "drivers.support": "Допомога, коли щось іде не так",
        "change.label": "Порівняно з минулим роком працювати з нами стало …",
        "change.better": "Краще",
        "change.same": "Приблизно так само",
        "change.worse": "Гірше",
        "change.new": "Ми працюємо разом менше року",
        "first.label": "Що нам поліпшити для вашої компанії насамперед?",
        "subject": "{name}, як вам працюється з нами?",
        "preheader": "Досить одного натискання, усе разом займе близько двох хвилин.",
        "greeting": "Добрий день, {name}!\n\nВаша компанія працює з компанією {company}, і ми "
        "хочемо робити свою частину краще. Поділіться, будь ласка, своєю думкою. Вистачить одного "
        "натискання й десяти секунд, а те, що ви напишете потім, прочитають ті, хто відповідає за "
        "роботу з вами.",
        "reminder_subject": "{name}, нам важливий ваш погляд на нашу роботу",
        "reminder_greeting": "Добрий день, {name}!\n\nНещодавно ми запитали, як вам працюється з "
        "компанією {company}. Ваша думка важлива, чи ви ухвалюєте рішення, чи користуєтеся тим, "
        "що ми постачаємо. Досить одного натискання.",
        "footer": "Ви отримали цей лист, бо ваша компанія — клієнт компанії {company}.",
        "consent": "Чи може ваша контактна особа обговорити з вами цю відповідь?",
    },
    "pl": {
        "question": "Jak bardzo prawdopodobne jest, że polecą Państwo firmę {company} "
        "współpracownikom lub partnerom biznesowym?",
        "drivers.label": "Jak oceniają Państwo współpracę z firmą {company}?",
        "drivers.quality": "Jakość tego, co dostarczamy",
        "drivers.reliability": "Dotrzymywanie terminów i obietnic",
        "drivers.contact": "Państwa opiekun u nas",
        "drivers.support": "Pomoc, gdy coś idzie nie tak",
        "change.label": "W porównaniu z zeszłym rokiem współpraca z nami jest …",
        "change.better": "Lepsza",
        "change.same": "Mniej więcej taka sama",
        "change.worse": "Gorsza",
        "change.new": "Współpracujemy krócej niż rok",
        "first.label": "Co powinniśmy poprawić w pierwszej kolejności?",
        "subject": "Jak układa się nasza współpraca?",
        "preheader": "Wystarczy jedno kliknięcie, całość zajmie około dwóch minut.",
        "greeting": "Dzień dobry!\n\nPaństwa firma współpracuje z firmą {company}, a my chcemy "
        "robić to lepiej. Prosimy o opinię. Wystarczy jedno kliknięcie i dziesięć sekund, a to, "
        "co napiszą Państwo potem, przeczytają osoby odpowiedzialne za współpracę z Państwem.",
        "reminder_subject": "Prosimy o opinię o naszej współpracy",
        "reminder_greeting": "Dzień dobry!\n\nNiedawno zapytaliśmy, jak oceniają Państwo "
        "współpracę z firmą {company}. Państwa zdanie jest ważne niezależnie od tego, czy "
        "podejmują Państwo decyzje, czy korzystają z tego, co dostarczamy. Wystarczy jedno "
        "kliknięcie.",
        "footer": "Otrzymują Państwo tę wiadomość, ponieważ Państwa firma jest klientem firmy "
        "{company}.",
        "consent": "Czy opiekun może porozmawiać z Państwem o tej odpowiedzi?",
    },
}
TEMPLATE = Template(
    key="b2b",
    name=_("Business clients"),
    what_for=_("The people at your client companies who decide, influence and use."),
    icon="briefcase",
    kind=SurveyKind.RELATIONSHIP,
    questions=QUESTIONS,
    texts=worded(SurveyKind.RELATIONSHIP, QUESTIONS, OWN),
)
