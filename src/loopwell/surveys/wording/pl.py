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
    "pytanie, ale nie mamy jeszcze odpowiedzi. Wystarczy jedno kliknięcie.",
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
    "kontakt z nami, ale nie mamy jeszcze odpowiedzi. Wystarczy jedno kliknięcie.",
}
EMPLOYEE = {
    "question": "Jak bardzo prawdopodobne jest, że polecą Państwo znajomym firmę {company} jako "
    "miejsce pracy?",
    "thanks": "Dziękujemy! Państwa opinia się liczy i nikt nie zobaczy, czyja ona jest.",
    "preheader": "Anonimowo. Najpierw jedno pytanie, razem około dwóch minut.",
    "subject": "Jak się u nas pracuje? Anonimowa ankieta",
    "greeting": "Dzień dobry!\n\nJak pracuje się w firmie {company}? Prosimy o szczerą "
    "odpowiedź. Ankieta jest anonimowa: nikt nie dowie się, kto co odpowiedział, a wyniki "
    "pokazujemy tylko dla grup, nigdy dla pojedynczych osób.",
    "reminder_subject": "Anonimowa ankieta: czekamy na Państwa opinię o pracy u nas",
    "reminder_greeting": "Dzień dobry!\n\nKilka dni temu zaprosiliśmy Państwa do anonimowej "
    "ankiety o pracy w firmie {company}. Jeśli odpowiedź już do nas trafiła, dziękujemy. Jeśli "
    "jeszcze nie, można zacząć jednym kliknięciem.",
    "footer": "Otrzymują Państwo tę wiadomość jako pracownicy firmy {company}. Odpowiedzi są "
    "anonimowe.",
}
BENCHMARK = {
    "question": "Proszę pomyśleć o firmie, z której usług korzystają Państwo najczęściej. Jak "
    "bardzo prawdopodobne jest, że polecą ją Państwo znajomym lub współpracownikom?",
    "thanks": "Dziękujemy! Państwa odpowiedź została uwzględniona w badaniu.",
    "preheader": "Kilka krótkich pytań, około minuty.",
    "subject": "Którą firmę poleciliby Państwo znajomym?",
    "greeting": "Dzień dobry!\n\nSprawdzamy, na ile klienci są zadowoleni z firm, z których "
    "usług korzystają. Proszę pomyśleć o tej, z której korzystają Państwo najczęściej, i wybrać "
    "ocenę. Zajmie to około minuty.",
    "reminder_subject": "Czekamy na Państwa opinię o firmie, z której Państwo korzystają",
    "reminder_greeting": "Dzień dobry!\n\nKilka dni temu zaprosiliśmy Państwa do krótkiego "
    "badania, ale nie mamy jeszcze odpowiedzi. Można zacząć jednym kliknięciem.",
    "footer": "Otrzymują Państwo tę wiadomość, ponieważ zgodzili się Państwo brać udział w "
    "badaniach.",
    "unsubscribe": "Proszę mnie więcej nie zapraszać",
}
FURTHER = {
    "why_promoter": "Co podobało się Państwu najbardziej?",
    "why_passive": "Czego zabrakło do dziesiątki?",
    "why_detractor": "Co poszło nie tak lub czego Państwu brakuje?",
    "thanks_promoter": "Dziękujemy! Przekażemy te słowa osobom, które na nie zasłużyły.",
    "thanks_passive": "Dziękujemy! Teraz wiemy, czego Państwu zabrakło.",
    "thanks_detractor": "Dziękujemy za szczerość i przepraszamy, że zawiedliśmy. Odpowiedź "
    "przeczytają osoby, które mogą to naprawić.",
    "review_label": "Opowiedzieć o nas innym",
    "call_when": "Kiedy najwygodniej Państwu odebrać telefon?",
}
SCALES = {
    "csat": ("Bardzo niezadowoleni", "Bardzo zadowoleni"),
    "ces": ("Zdecydowanie nie", "Zdecydowanie tak"),
    "grid": ("Bardzo źle", "Doskonale"),
}
OTHER = "Coś innego"
ASPECTS = {
    "quality": "Jakość",
    "value": "Stosunek jakości do ceny",
    "service": "Obsługa i pomoc",
    "ease": "Prostota i wygoda",
    "trust": "Dotrzymywanie obietnic",
}
DONE = {"yes": "Tak", "partly": "Częściowo", "no": "Nie"}
