"""What do we say in an SMS and on the phone, where a survey has no words of its own?

The link stands behind an SMS by itself. The language's words are used, English where we have none.
"""

SPOKEN: dict[str, dict[str, str]] = {
    "en": {
        "sms": "{company}: how likely are you to recommend us, 0 to 10? One tap:",
        "sms_reminder": "{company}: one question is still waiting for your answer. One tap:",
        "call_greeting": "Hello, may I speak to {name}? I am calling from {company}. We would like "
        "to know how well we serve you: it takes about two minutes. Is now a good time?",
    },
    "ru": {
        "sms": "{company}: вы бы порекомендовали нас, от 0 до 10? Одно нажатие:",
        "sms_reminder": "{company}: мы всё ещё ждём ваш ответ. Одно нажатие:",
        "call_greeting": "Здравствуйте! Могу я поговорить с клиентом: {name}? Я звоню из компании "
        "{company}. Мы хотим узнать, хорошо ли вам с нами: это займёт около двух минут. Вам удобно "
        "сейчас?",
    },
    "uk": {
        "sms": "{company}: чи порадили б ви нас, від 0 до 10? Один дотик:",
        "sms_reminder": "{company}: ми досі чекаємо на вашу відповідь. Один дотик:",
        "call_greeting": "Добрий день! Чи можу я поговорити з клієнтом: {name}? Телефоную з "
        "компанії {company}. Ми хочемо дізнатися, чи добре вам із нами: це забере близько двох "
        "хвилин. Вам зручно зараз?",
    },
    "pl": {
        "sms": "{company}: czy poleci nas Pan/Pani innym, od 0 do 10? Link:",
        "sms_reminder": "{company}: jedno pytanie nadal czeka. Link:",
        "call_greeting": "Dzień dobry, czy rozmawiam z klientem: {name}? Dzwonię z firmy "
        "{company}. Chcemy wiedzieć, czy jest Państwu u nas dobrze: to zajmie około dwóch minut. "
        "Czy to dobra chwila?",
    },
}


def spoken(key: str, language: str) -> str:
    """Our own words for a short message or a call."""
    return SPOKEN.get(language, SPOKEN["en"])[key]
