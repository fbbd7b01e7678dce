"""Personal data in a text is masked; what is no personal data stays; always in linear time."""

import time
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from loopwell.kit.masking import Found, Kind, mask, replaced, spans

NAMES = ("Olena Kovalenko",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Call +380 67 123 45 67 or 067-123-45-67!", "Call [phone] or [phone]!"),
        ("звоните 8 (916) 123-45-67, 89161234567", "звоните [phone], [phone]"),
        ("tel. 501 234 567 i 22 123 45 67", "tel. [phone] i [phone]"),
        ("ring 020 7946 0958 or (212) 555-0123", "ring [phone] or [phone]"),
        ("0501234567 0671234567", "[phone] [phone]"),
        ("0501234567,0671234567;tel:0671234567", "[phone],[phone];tel:[phone]"),
        ("رقمي ٠٥٠١٢٣٤٥٦٧ شكرا", "رقمي [phone] شكرا"),
        ("mój adres a.b+c@poczta.example.pl.", "mój adres [e-mail]."),
        ("Пишіть: олена@пошта.укр", "Пишіть: [e-mail]"),
        ("charged 4111 1111 1111 1111 twice", "charged [card] twice"),
        ("4111-1111-1111-1111/378282246310005", "[card]/[card]"),
        ("konto PL61 1090 1014 0000 0712 1981 2874", "konto [number]"),
        ("GB82WEST12345698765432 please", "[number] please"),
        ("паспорт АВ 123456", "паспорт [number]"),
        ("ІПН 3184710691, мій", "ІПН [number], мій"),
        ("PESEL 44051401359", "PESEL [number]"),
        ("moje 44051401359", "moje [number]"),
        ("dowód ABA300000", "dowód [number]"),
        ("NIP 123-456-32-18", "NIP [number]"),
        ("СНИЛС 112-233-445 95, паспорт 4509 123456", "СНИЛС [number], паспорт [number]"),
        ("ИНН 500100732259", "ИНН [number]"),
        ("my NINO is AB 12 34 56 C, SSN 123-45-6789", "my NINO is [number], SSN [number]"),
    ],
)
def test_what_says_who_somebody_is_goes(text: str, left: str) -> None:
    assert mask(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "I give 9 of 10, was a 3",
        "12.05.2024 14:30, 2024-05-12, 1/2/24, 2019-2024",
        "paid 1 200 000 грн, 500 000 000 zł, $501234567, 12 345,67 €, 99.90",
        "1,200,000,000 or 501234567,50",
        "order 0501234567, заказ № 89161234567, zamówienie nr 501234567, order AB123456",
        "#12345678, flat 12, 220 V, 5G, A320, iPhone 15",
        "4111 1111 1111 1112 is no card",
        "ABA400000 fails its check",
        "foo@bar and @home",
        "8 800 руб and 16:45-17:30",
        "😀👍🏽" * 512,
        "",
    ],
)
def test_scores_prices_dates_and_orders_stay(text: str) -> None:
    assert mask(text, NAMES) == text


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Олену чули, Олена Коваленко тут", ["Олена Коваленко"], "[name] чули, [name] тут"),
        ("Nie było Marka ani Kowalskiego", ["Marek Kowalski"], "Nie było [name] ani [name]"),
        ("Павла и Анне, АННОЙ", ["Павел", "Анна"], "[name] и [name], [name]"),
        ("Grace said grace", ["Grace"], "[name] said grace"),
        ("will Will go", ["Will Smith"], "will [name] go"),
        ("أنا محمد هنا", ["محمد علي"], "أنا [name] هنا"),
        ("Anniversary of Anna's", ["Anna"], "Anniversary of [name]'s"),
        ("In Li we trust", ["Li"], "In Li we trust"),
        ("Dr. Olena", ["(Olena"], "Dr. [name]"),
    ],
)  # fmt: skip
def test_the_names_given_go_with_their_endings(text: str, names: list[str], left: str) -> None:
    assert mask(text, names) == left


def test_places_are_characters_and_do_not_overlap() -> None:
    text = "😀 Olena: olena@mail.example, +380671234567"

    found = spans(text, NAMES)

    assert found == [
        Found(2, 7, Kind.NAME),
        Found(9, 27, Kind.MAIL),
        Found(29, 42, Kind.PHONE),
    ]
    assert replaced(text, found) == "😀 [name]: [e-mail], [phone]"


def test_right_to_left_text_keeps_its_marks() -> None:
    assert mask("\u200fשלום 067 123 45 67\u200f") == "\u200fשלום [phone]\u200f"


@given(st.text(alphabet="aZя 0123456789+-().@,/№😀א\u200f\n", max_size=200))
def test_any_text_is_cut_where_something_was_found_and_nowhere_else(text: str) -> None:
    found = spans(text, NAMES)

    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    kept, at = "", 0
    for each in found:
        kept, at = kept + text[at : each.start] + "\0", each.end
    with translation.override("en"):
        assert [part for part in (kept + text[at:]).split("\0") if part] == [
            part for part in _without_words(mask(text, NAMES)) if part
        ]


def _without_words(text: str) -> list[str]:
    for kind in ("phone", "e-mail", "card", "number", "name"):
        text = text.replace(f"[{kind}]", "\0")
    return text.split("\0")


@given(st.text(alphabet="abc яж.!?\n", max_size=40), st.integers(10**6, 10**7 - 1))
def test_a_phone_goes_whatever_stands_beside_it(beside: str, number: int) -> None:
    text = f"{beside} +38067{number} {beside}"

    assert str(number) not in mask(text)


@given(st.integers(10**14, 10**15 - 1))
def test_a_card_goes_if_and_only_if_its_check_digit_is_right(number: int) -> None:
    body = "4" + str(number)[1:]
    digits = [int(each) * (2 - at % 2) for at, each in enumerate(body)]
    check = -sum(each - 9 * (each > 9) for each in digits) % 10

    assert mask(f"card {body}{check}") == "card [card]"
    assert mask(f"card {body}{(check + 1) % 10}") == f"card {body}{(check + 1) % 10}"


@given(st.integers(0, 99_999_999))
def test_short_numbers_stay(number: int) -> None:
    text = f"number {number} came"

    assert mask(text, NAMES) == text


@pytest.mark.parametrize(
    "piece",
    ["1 ", "12 ", "0", "050 ", "501-", "a", "@a.", "a@", "AB12 ", "PL61 1090 ", "+", "(((",
     "order # ", "паспорт ", "😀", "Olena ", "0501234567 ", "olen", " - "],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion(piece: str) -> None:
    """Eight times the text takes about eight times as long; squared it were 64 times."""
    short, long = (_seconds(piece * (size // len(piece))) for size in (2_048, 16_384))

    assert long < 24 * short + 0.1


def _seconds(text: str) -> float:
    best = 1e9
    for _time in range(2):
        start = time.process_time()
        mask(text, NAMES)
        best = min(best, time.process_time() - start)
    return best
