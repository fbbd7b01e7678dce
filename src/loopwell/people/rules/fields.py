"""Which fields can a file fill, and how are their columns usually called?

Names are given in English, Russian, Ukrainian, Polish, French and German, as exports have them.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loopwell.people.enums import UploadKind

PROPERTY = "property."


@dataclass(frozen=True)
class Field:
    """A target field: `names` are usual headers, `hint` says what values are understood."""

    name: str
    label: str | Promise
    names: str
    hint: str | Promise = ""


EXTERNAL_ID = Field(
    "external_id",
    _("External id"),
    "external id|externalid|id|customer id|customerid|client id|customer number|customer no|"
    "код клиента|ид клиента|id клиента|номер клиента|внешний код|код клієнта|ід клієнта|"
    "номер клієнта|id klienta|numer klienta|nr klienta|identyfikator|numéro client|id client|"
    "n° client|code client|kundennummer|kunden id|kundennr|kunden nr|crm id|contact id|user id",
    _("Your own key for the customer; with it a second import changes instead of adding."),
)
EMAIL = Field(
    "email",
    _("E-mail"),
    "email|e mail|mail|email address|e mail address|customer email|contact email|почта|эл почта|"
    "электронная почта|емейл|имейл|адрес электронной почты|пошта|електронна пошта|ел пошта|"
    "адрес e mail|adres email|adres e mail|poczta|courriel|adresse email|adresse e mail|"
    "e mail adresse|mailadresse",
)
PHONE = Field(
    "phone",
    _("Phone"),
    "phone|phone number|mobile|mobile phone|telephone|tel|cell|телефон|номер телефона|мобильный|"
    "мобильный телефон|номер телефону|мобільний|telefon|numer telefonu|komórka|téléphone|portable|"
    "telefonnummer|handy|mobil",
    _("Kept as +48…; numbers without a country code are read by the country chosen above."),
)
NAME = Field(
    "name",
    pgettext_lazy("person", "Name"),
    "name|full name|customer name|contact|contact name|client name|customer|фио|имя и фамилия|"
    "клиент|контакт|имя клиента|піб|ім я та прізвище|клієнт|imię i nazwisko|nazwa klienta|klient|"
    "nom complet|nom et prénom|client|vollständiger name|kunde|kundenname|ansprechpartner",
)
FIRST_NAME = Field(
    "first_name",
    _("First name"),
    "first name|firstname|given name|forename|имя|ім я|імя|imię|imie|prénom|prenom|vorname",
)
LAST_NAME = Field(
    "last_name",
    _("Last name"),
    "last name|lastname|surname|family name|фамилия|прізвище|nazwisko|nom|nom de famille|nachname|"
    "familienname",
)
LANGUAGE = Field(
    "language",
    _("Language"),
    "language|lang|locale|preferred language|язык|мова|język|jezyk|langue|sprache",
    _("“ru”, “ru-RU”, “RUS” and “Russian” are the same."),
)
TIME_ZONE = Field(
    "time_zone",
    _("Time zone"),
    "time zone|timezone|tz|zone|часовой пояс|часовий пояс|strefa czasowa|strefa|fuseau horaire|"
    "zeitzone",
    _("As in Europe/Warsaw: quiet hours then follow the customer's own clock."),
)
UNIT = Field(
    "unit",
    _("Unit"),
    "unit|branch|store|shop|location|office|region|department|подразделение|филиал|магазин|офис|"
    "отделение|точка|підрозділ|філія|відділення|oddział|sklep|placówka|jednostka|filia|magasin|"
    "agence|point de vente|unité|filiale|geschäft|standort|niederlassung|abteilung",
    _("Name or external id of a unit of your company."),
)
ACCOUNT = Field(
    "account",
    _("Account"),
    "account|account name|company|company name|organisation|organization|employer|компания|"
    "организация|название компании|контрагент|компанія|організація|firma|nazwa firmy|spółka|"
    "entreprise|société|compte|unternehmen|firmenname",
    _("External id or name of the client company; a new name makes a new account."),
)
ACCOUNT_ID = Field(
    "account_id",
    _("Account: external id"),
    "account id|company id|account number|account external id|id компании|код компании|"
    "код контрагента|id компанії|id firmy|numer firmy|id entreprise|id société|firmen id|"
    "firmennummer",
)
OWNER_NAMES = (
    "owner|account owner|account manager|responsible|ответственный|менеджер|аккаунт менеджер|"
    "відповідальний|opiekun|właściciel|opiekun klienta|responsable|chargé de compte|betreuer|"
    "kundenbetreuer|verantwortlicher"
)
ACCOUNT_OWNER = Field(
    "account_owner", _("Account: owner"), OWNER_NAMES, _("E-mail or external id of an employee.")
)
ACCOUNT_REVENUE = Field(
    "account_revenue",
    _("Account: revenue a year"),
    "account revenue|revenue|annual revenue|turnover|выручка|оборот|виручка|обіг|przychód|"
    "przychody|obrót|chiffre d affaires|ca annuel|umsatz|jahresumsatz",
)
ACCOUNT_RENEWAL = Field(
    "account_renewal",
    _("Account: renewal date"),
    "renewal|renewal date|renewal on|contract end|renews on|дата продления|продление|"
    "окончание договора|дата продовження|кінець договору|data odnowienia|odnowienie|koniec umowy|"
    "renouvellement|date de renouvellement|fin de contrat|verlängerung|vertragsende",
)
DECISION_ROLE = Field(
    "decision_role",
    _("Role in the decision"),
    "decision role|role in the decision|role in decision|buying role|роль в решении|роль|"
    "роль у рішенні|rola w decyzji|rola|rôle dans la décision|rôle|rolle|entscheidungsrolle|role",
    _("decides, influences or uses"),
)
TITLE = Field(
    "title",
    _("Job title"),
    "title|job title|position|job|должность|посада|stanowisko|fonction|poste|position im betrieb|"
    "stelle|funktion",
)
CUSTOMER_FIELDS = (
    EXTERNAL_ID, EMAIL, NAME, FIRST_NAME, LAST_NAME, PHONE, LANGUAGE, TIME_ZONE, UNIT, ACCOUNT,
    ACCOUNT_ID, ACCOUNT_OWNER, ACCOUNT_REVENUE, ACCOUNT_RENEWAL, DECISION_ROLE, TITLE,
)  # fmt: skip
ACCOUNT_FIELDS = (
    Field("external_id", _("External id"), f"{ACCOUNT_ID.names}|{EXTERNAL_ID.names}"),
    Field("name", _("Name"), f"{ACCOUNT.names}|{NAME.names}|название|назва|nazwa"),
    UNIT,
    Field("owner", _("Owner"), OWNER_NAMES, ACCOUNT_OWNER.hint),
    Field("revenue", _("Revenue a year"), ACCOUNT_REVENUE.names),
    Field("currency", _("Currency"), "currency|валюта|waluta|devise|währung", _("EUR, PLN, …")),
    Field("renewal_on", _("Renewal date"), ACCOUNT_RENEWAL.names),
)
INTERACTION_FIELDS = (
    Field(
        "external_id",
        _("Id of the interaction"),
        "interaction id|event id|order id|order number|ticket id|ticket|call id|visit id|"
        "transaction id|receipt|delivery id|id|номер заказа|номер обращения|номер чека|код события|"
        "номер замовлення|номер звернення|номер чека|numer zamówienia|numer zgłoszenia|"
        "numéro de commande|bestellnummer|ticketnummer",
        _("Its key in your system, so that a second import changes instead of adding."),
    ),
    Field(
        "touchpoint",
        _("Touchpoint"),
        "touch point|event|event type|interaction|interaction type|type|kind|moment|"
        "точка контакта|событие|тип события|точка контакту|подія|punkt styku|zdarzenie|"
        "point de contact|événement|kontaktpunkt|ereignis",
        _("What kind of interaction it was: delivery, call, visit."),
    ),
    Field(
        "at",
        _("Time"),
        "happened at|event time|date and time|datetime|date time|timestamp|time|date|occurred at|"
        "created at|дата и время|время|дата|дата події|дата і час|час|data i godzina|data|czas|"
        "date et heure|datum und uhrzeit|datum|zeit|zeitpunkt",
        _("When it happened. A day without a time counts as noon."),
    ),
    Field(
        "customer_id",
        _("Customer: external id"),
        "customer external id|" + EXTERNAL_ID.names,
    ),
    Field("customer_email", _("Customer: e-mail"), EMAIL.names),
    Field("customer_phone", _("Customer: phone"), PHONE.names, PHONE.hint),
    Field("customer_name", _("Customer: name"), NAME.names),
    LANGUAGE,
    Field(
        "employee",
        _("Employee"),
        "agent|employee email|employee id|served by|seller|operator|courier|сотрудник|агент|"
        "оператор|продавец|курьер|співробітник|працівник|продавець|pracownik|doradca|kurier|"
        "employé|conseiller|vendeur|mitarbeiter|verkäufer|berater",
        _("E-mail or external id of the employee who served the customer."),
    ),
    UNIT,
    Field(
        "product",
        _("Product"),
        "product name|item|tariff|service|продукт|товар|тариф|услуга|послуга|produkt|towar|usługa|"
        "taryfa|produit|article|artikel",
    ),
    Field(
        "channel",
        _("Channel"),
        "channel name|source channel|канал|kanał|canal|kanal",
        _("Where it took place: shop, phone, web."),
    ),
)
FIELDS: dict[UploadKind, tuple[Field, ...]] = {
    UploadKind.CUSTOMERS: CUSTOMER_FIELDS,
    UploadKind.ACCOUNTS: ACCOUNT_FIELDS,
    UploadKind.INTERACTIONS: INTERACTION_FIELDS,
}


def lacking_of_interactions(mapping: Container[str]) -> str:
    """What must be chosen before interactions can be taken, as a sentence; "" when nothing."""
    if "touchpoint" not in mapping:
        return gettext(
            "Choose the column of the touchpoint: it says what kind of interaction it was."
        )
    if "at" not in mapping:
        return gettext("Choose the column of the time.")
    if not any(name in mapping for name in ("customer_id", "customer_email", "customer_phone")):
        return gettext("Choose a column that says whose it was: external id, e-mail or phone.")
    return ""


def plain_header(text: str) -> str:
    """A header without case, punctuation and spelling of separators."""
    spaced = re.sub(r"([a-zа-я])([A-ZА-Я])", r"\1 \2", text)
    return re.sub(r"[\W_]+", " ", spaced.lower()).strip()


def guess_mapping(fields: Sequence[Field], columns: Iterable[str]) -> dict[str, str]:
    """For each field the column whose header is one of its usual names; no column twice."""
    free = {plain_header(column): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    ranked = [
        (rank, order, field.name, name)
        for order, field in enumerate(fields)
        for rank, name in enumerate([plain_header(field.name), *field.names.split("|")])
    ]
    for _rank, _order, target, name in sorted(ranked, key=lambda r: (r[0] > 0, r[1], r[0])):
        if target not in found and name in free:
            found[target] = free.pop(name)
    return found
