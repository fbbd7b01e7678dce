"""Are foreign headers, phones, languages, money and names understood as people write them?"""

from decimal import Decimal

import pytest

from loopwell.kit.tables.writing import harmless
from loopwell.people.rules.contact import normal_email, normal_language, normal_phone, region_of
from loopwell.people.rules.fields import ACCOUNT_FIELDS, CUSTOMER_FIELDS, guess_mapping
from loopwell.people.rules.properties import (
    BadPropertyName,
    check_property_name,
    property_name,
    property_names,
)
from loopwell.people.rules.reading import read_money


@pytest.mark.parametrize(
    "headers",
    [
        "customerId,Email Address,Full Name,Phone number,preferred_language,Branch",
        "Код клиента,Электронная почта,ФИО,Мобильный телефон,Язык,Филиал",
        "Код клієнта,Електронна пошта,ПІБ,Номер телефону,Мова,Відділення",
        "ID klienta,Adres e-mail,Imię i nazwisko,Telefon,Język,Oddział",
        "Numéro client,Courriel,Nom complet,Téléphone,Langue,Magasin",
        "Kundennummer,E-Mail-Adresse,Kunde,Telefonnummer,Sprache,Filiale",
    ],
)
def test_headers_are_guessed_in_six_languages(headers: str) -> None:
    columns = headers.split(",")
    wanted = ["external_id", "email", "name", "phone", "language", "unit"]
    assert guess_mapping(CUSTOMER_FIELDS, columns) == dict(zip(wanted, columns, strict=True))


def test_no_column_is_guessed_twice_and_a_contact_keeps_its_own_id() -> None:
    found = guess_mapping(CUSTOMER_FIELDS, ["id", "company id", "company", "name"])
    assert found == {
        "external_id": "id", "account_id": "company id", "account": "company", "name": "name",
    }  # fmt: skip
    accounts = guess_mapping(ACCOUNT_FIELDS, ["id", "name", "owner", "revenue", "renewal date"])
    assert accounts == {
        "external_id": "id", "name": "name", "owner": "owner", "revenue": "revenue",
        "renewal_on": "renewal date",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "region", "number", "understood"),
    [
        ("+48 600-700-800", "", "+48600700800", True),
        ("0048600700800", "", "+48600700800", True),
        ("600 700 800", "PL", "+48600700800", True),
        ("8 (912) 345-67-89", "RU", "+79123456789", True),
        ("600 700 800", "", "600 700 800", False),
        ("ask Ivan", "PL", "ask Ivan", False),
    ],
)
def test_phones(text: str, region: str, number: str, understood: bool) -> None:
    assert normal_phone(text, region) == (number, understood)


@pytest.mark.parametrize("text", ["Russian", "ru-RU", "RUS", "ru", "русский", "RU_ru"])
def test_a_language_has_many_names(text: str) -> None:
    assert normal_language(text) == "ru"


def test_what_is_no_language_or_address_is_refused() -> None:
    assert normal_language("Klingonese") is None
    assert normal_email("a@b") is None
    assert normal_email(" <Anna@Mail.Example> ") == "anna@mail.example"


def test_the_country_of_a_time_zone() -> None:
    assert (region_of("Europe/Warsaw"), region_of("UTC")) == ("PL", "")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1.200.000,5 zł", "1200000.50"),
        ("€1,200", "1200.00"),
        ("12.5", "12.50"),
        ("−5", "-5.00"),
        ("a lot", None),
    ],
)
def test_money(text: str, amount: str | None) -> None:
    assert read_money(text) == (Decimal(amount) if amount else None)


def test_a_property_is_named_after_its_header() -> None:
    assert property_name("Сегмент клиента") == "segment_klienta"
    assert property_name("Żółta łódź") == "zolta_lodz"
    assert property_name("Score") == "score_value"
    assert property_name("顧客") == "p"
    assert property_names(["Tarif", "tarif!"]) == {"tarif": "Tarif", "tarif_2": "tarif!"}
    for bad in ("score", "Segment", "1st", "a" * 41):
        with pytest.raises(BadPropertyName):
            check_property_name(bad)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        (" @cmd", "' @cmd"),
        ("-2+3", "'-2+3"),
        ("-5", "-5"),
        ("+48600700800", "+48600700800"),
        ("Anna", "Anna"),
    ],
)
def test_rejects_hold_no_formula(text: str, shown: str) -> None:
    assert harmless(text) == shown
