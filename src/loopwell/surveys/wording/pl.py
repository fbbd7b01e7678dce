"""What do we say to customers in Polish? "Państwo" fits women and men alike."""

COMMON = {
    "low": "Na pewno nie polecę",
    "high": "Na pewno polecę",
    "why": "Co przede wszystkim zdecydowało o tej ocenie?",
    "consent": "Czy możemy skontaktować się z Państwem w sprawie tej odpowiedzi?",
    "thanks": "Dziękujemy! Odpowiedź jest już u osób, które mogą coś z nią zrobić.",
    "preheader": "Jedno pytanie, dziesięć sekund.",
    "footer": "Otrzymują Państwo tę wiadomość jako klient firmy {company}.",
    "unsubscribe": "Nie chcę otrzymywać więcej ankiet",
}
RELATIONSHIP = {
    "question": "Jak bardzo prawdopodobne jest, że polecą Państwo firmę {company} znajomym "
    "lub współpracownikom?",
    "subject": "Czy poleciliby nas Państwo znajomym?",
    "greeting": "Dzień dobry, {name}!\n\nChcemy wiedzieć, jak to jest być naszym klientem. "
    "Prosimy o odpowiedź na jedno pytanie: wystarczy jedno kliknięcie i dziesięć sekund. Każdą "
    "odpowiedź czyta człowiek.",
    "reminder_subject": "Wciąż liczymy na Państwa opinię",
    "reminder_greeting": "Dzień dobry, {name}!\n\nKilka dni temu zadaliśmy Państwu jedno "
    "pytanie, ale nie mamy jeszcze odpowiedzi. Wystarczy jedno kliknięcie. Więcej nie będziemy "
    "przypominać.",
}
TRANSACTIONAL = {
    "question": "Po ostatnim kontakcie z nami: jak bardzo prawdopodobne jest, że polecą Państwo "
    "firmę {company} znajomym lub współpracownikom?",
    "subject": "Czy wszystko poszło dobrze?",
    "greeting": "Dzień dobry, {name}!\n\nNiedawno mieli Państwo z nami kontakt. Jak poszło? "
    "Prosimy o odpowiedź na jedno pytanie: wystarczy jedno kliknięcie i dziesięć sekund. Każdą "
    "odpowiedź czyta człowiek.",
    "reminder_subject": "Prosimy o opinię o ostatnim kontakcie z nami",
    "reminder_greeting": "Dzień dobry, {name}!\n\nPytaliśmy, jak przebiegł Państwa ostatni "
    "kontakt z nami, ale nie mamy jeszcze odpowiedzi. Wystarczy jedno kliknięcie. Więcej nie "
    "będziemy przypominać.",
}
