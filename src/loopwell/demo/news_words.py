"""Which words stand in the news of the demo company?"""

from loopwell.access.enums import Role

STORIES = (
    (
        "The router that came by taxi",
        "A customer was furious: no internet for four days, three technicians, three stories. Our "
        "caller "
        "listened for ten minutes before she said anything. Then she put a router into a taxi.\n\n"
        "What we learnt: the fault was known in the street since Monday, and nobody had told the "
        "call "
        "centre. Since then network faults stand on the first page of every agent.",
    ),
    (
        "“I did not expect anybody to call”",
        "The invoice was right, and still the customer felt cheated: a discount had ended without "
        "a word. "
        "We explained it, apologised for the silence, and wrote the end date on every bill from "
        "then on. "
        "A month later the customer gave 9.",
    ),
    (
        "A slot of two hours",
        "She had waited the whole day for a delivery. Our shop manager called the same evening "
        "and drove "
        "the phone to her himself. Now deliveries come in slots of two hours, and he still gets "
        "Christmas cards.",
    ),
    (
        "The promise nobody wrote down",
        "A colleague had promised a new contract by Friday and went on leave. The customer waited "
        "three "
        "weeks. We closed it in a day. Promises now stand in the case, with an owner and a date.",
    ),
    (
        "Talking to the one who signs",
        "A business client's users loved us, the director did not: he had never met anybody from "
        "us. One "
        "visit, one coffee, one list of five points. He renewed for three years.",
    ),
)
NOTICES = (
    (
        "Network faults are on the first page",
        "Before you ask a customer to restart the router, look at the map of faults on your first "
        "page. If "
        "their street is red, say so, say until when, and offer a message when it is mended.",
        "network-coverage",
        3,
    ),
    (
        "Delivery slots of two hours everywhere",
        "All depots now promise two hours. Whoever sees that a slot cannot be kept calls the "
        "customer "
        "before it begins, not after.",
        "late-delivery",
        24,
    ),
    (
        "End of a discount is written on the bill",
        "Two bills before a discount ends it stands on the first page. If somebody asks: thank "
        "them, and "
        "offer the plans of this month.",
        "price",
        61,
    ),
)
REASONS = (
    "Seven customers wrote about the same person this quarter. All of them used the word "
    "“patience”.",
    "For the three families without internet over the holidays, and for going back on Boxing Day.",
    "Nobody closes more cases on the first call, and nobody's notes are clearer.",
)
MESSAGES: tuple[tuple[str, dict[str, dict[str, str]]], ...] = (
    (
        "call",
        {
            "en": {
                "message": "You will not have to tell it twice.",
                "scenario": "Say your name. Repeat the matter in one sentence. Say what you do "
                "now and what "
                "happens next, with a time. Ask: “Is there anything else you need today?”",
                "offers": "Second SIM free for the first three months.",
            },
            "ru": {
                "message": "Вам не придётся рассказывать дважды.",
                "scenario": "Назовите себя. Повторите суть одной фразой. Скажите, что делаете "
                "сейчас и что "
                "будет дальше, с указанием времени.",
            },
            "pl": {"message": "Nie trzeba będzie opowiadać tego drugi raz."},
            "uk": {"message": "Вам не доведеться розповідати двічі."},
        },
    ),
    (
        "delivery",
        {
            "en": {
                "message": "We come in the two hours you chose.",
                "scenario": "Call thirty minutes before. Shoes off. Show that it works before you "
                "leave.",
            },
            "ru": {"message": "Мы приезжаем в выбранные вами два часа."},
            "pl": {"message": "Przyjeżdżamy w wybrane przez Państwa dwie godziny."},
            "uk": {"message": "Ми приїжджаємо в обрані вами дві години."},
        },
    ),
)
CALLERS = [
    Role.CALL_BACK.value, Role.FRONT_LINE.value, Role.SUPERVISOR.value, Role.ACCOUNT_MANAGER.value,
]  # fmt: skip
LEADERS = [Role.MANAGER.value, Role.SUPERVISOR.value]
LESSONS: tuple[tuple[list[str], dict[str, dict[str, str]]], ...] = (
    (
        CALLERS,
        {
            "en": {
                "title": "How to call an unhappy customer",
                "body": "Apologise first, explain later. Ask “what happened then?” until there is "
                "nothing "
                "left to tell.\n\nFind the cause behind the cause: “the bill was wrong” is what "
                "they saw, "
                "“nobody told them that the discount ends” is why.\n\nPromise only what you can "
                "keep, and "
                "write it down with a date.",
            },
            "ru": {
                "title": "Как звонить недовольному клиенту",
                "body": "Сначала извинитесь, объясняйте потом. Спрашивайте «а что было дальше?», "
                "пока рассказ "
                "не закончится.\n\nИщите причину за причиной. Обещайте только то, что можете "
                "выполнить, и "
                "записывайте с датой.",
            },
        },
    ),
    (
        LEADERS,
        {
            "en": {
                "title": "A huddle of fifteen minutes",
                "body": "Wins first. Then one unhappy customer, told by whoever called. Then what "
                "was promised "
                "last week. What the team cannot solve is raised, not buried.",
            },
            "ru": {
                "title": "Летучка за пятнадцать минут",
                "body": "Сначала удачи. Потом один недовольный клиент. Потом то, что обещали на "
                "прошлой "
                "неделе. Что команда не может решить сама, передаётся выше.",
            },
        },
    ),
    (
        [],
        {
            "en": {
                "title": "What the 0 to 10 question tells, and what not",
                "body": "One answer is a person to talk to. Thirty are a hint. Look at the margin "
                "before you "
                "look at the change.",
            },
            "ru": {
                "title": "О чём говорит вопрос от 0 до 10, а о чём нет",
                "body": "Один ответ — это человек, с которым надо поговорить. Тридцать — намёк. "
                "Сначала "
                "смотрите на погрешность, потом на изменение.",
            },
        },
    ),
)
