"""What does one row of a file say about a customer or an account, and what is wrong in it?"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from loopwell.kit.tables import is_missing
from loopwell.kit.tables.dates import DateFormat, DateProblem
from loopwell.people.enums import DecisionRole
from loopwell.people.rules.contact import (
    normal_email,
    normal_language,
    normal_phone,
    normal_time_zone,
)
from loopwell.people.rules.drafts import AccountDraft, CustomerDraft
from loopwell.people.rules.fields import PROPERTY
from loopwell.people.rules.problems import Problem

ROLES = {
    DecisionRole.DECIDES: "decides decider decision maker decision-maker decision_maker решает "
    "лпр вирішує decyduje decydent décide décideur entscheidet entscheider",
    DecisionRole.INFLUENCES: "influences influencer влияет впливає wpływa influence "
    "influenceur beeinflusst beeinflusser",
    DecisionRole.USES: "uses user end-user использует пользователь користується користувач "
    "używa użytkownik utilise utilisateur nutzt nutzer anwender",
}
_ROLE_OF = {
    word: role for role, words in ROLES.items() for word in [*words.split(), str(role.value)]
} | {"decision maker": DecisionRole.DECIDES, "end user": DecisionRole.USES}
LIMITS = {"name": 200, "external_id": 100, "title": 120, "account": 200, "account_id": 100,
    "customer_id": 100, "touchpoint": 60, "channel": 60, "product": 100}  # fmt: skip
LONGEST = 200
LONGEST_MISSING = 6  # “<na>” and the like are short: longer texts need no look
CURRENCY = re.compile(r"[A-Za-z]{3}")


@dataclass
class Cells:
    """The cells of one row by target field, and the problems met while reading them."""

    values: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """The trimmed cell, None when empty; too long is a problem."""
        value = self.values.get(name, "").strip()
        if not value or (len(value) <= LONGEST_MISSING and is_missing(value)):
            return None
        limit = LIMITS.get(name, LONGEST)
        if len(value) > limit:
            reason = _("longer than %(limit)d characters") % {"limit": limit}
            self.refuse(name, value[:60], reason)
            return None
        return value.replace("\x00", "")

    def refuse(self, name: str, value: str, reason: str) -> None:
        self.problems.append(Problem(reason, name, value))

    def warn(self, name: str, value: str, reason: str) -> None:
        self.problems.append(Problem(reason, name, value, warning=True))

    @property
    def is_refused(self) -> bool:
        return any(not problem.warning for problem in self.problems)

    def properties(self) -> dict[str, str]:
        return {
            name.removeprefix(PROPERTY): value.strip().replace("\x00", "")[:1000]
            for name, value in self.values.items()
            if name.startswith(PROPERTY) and not is_missing(value)
        }


@dataclass(frozen=True)
class Reading:
    """What holds for the whole file: how dates are written, whose phone numbers these are."""

    dates: Mapping[str, DateFormat] = field(default_factory=dict)
    region: str = ""


def cells_of(columns: Sequence[str], mapping: Mapping[str, str]) -> Callable[[list[str]], Cells]:
    """A function from a row's values to its cells by target field."""
    places = [(name, columns.index(column)) for name, column in mapping.items()]
    return lambda values: Cells({name: values[place] for name, place in places})


def read_customer(cells: Cells, reading: Reading) -> CustomerDraft:
    email = read_email(cells, "email")
    draft = CustomerDraft(
        external_id=cells.text("external_id"),
        email=email,
        name=_name(cells),
        phone=read_phone(cells, "phone", reading.region),
        language=read_language(cells),
        time_zone=_time_zone(cells),
        unit=cells.text("unit"),
        account=_account_of(cells, reading),
        decision_role=_role(cells),
        title=cells.text("title"),
        properties=cells.properties(),
    )
    if draft.external_id is None and email is None:
        cells.refuse("external_id", "", _("neither external id nor e-mail: nobody can be found"))
    return draft


def read_account(cells: Cells, reading: Reading) -> AccountDraft:
    currency = cells.text("currency")
    if currency is not None and not CURRENCY.fullmatch(currency):
        cells.refuse("currency", currency, _("not a currency: three letters such as EUR"))
    draft = AccountDraft(
        external_id=cells.text("external_id"),
        name=cells.text("name"),
        unit=cells.text("unit"),
        owner=cells.text("owner"),
        revenue=_money(cells, "revenue"),
        currency=currency.upper() if currency else None,
        renewal_on=_date(cells, "renewal_on", reading),
        properties=cells.properties(),
    )
    if draft.external_id is None and draft.name is None:
        cells.refuse("name", "", _("neither external id nor name: no account can be found"))
    return draft


def _account_of(cells: Cells, reading: Reading) -> AccountDraft | None:
    external_id, reference = cells.text("account_id"), cells.text("account")
    owner, revenue = cells.text("account_owner"), _money(cells, "account_revenue")
    renewal_on = _date(cells, "account_renewal", reading)
    if external_id is None and reference is None:
        if owner or revenue is not None or renewal_on:
            cells.refuse("account", "", _("owner, revenue or renewal without an account"))
        return None
    return AccountDraft(
        external_id=external_id,
        name=reference if external_id else None,
        reference=None if external_id else reference,
        owner=owner,
        revenue=revenue,
        renewal_on=renewal_on,
    )


def _name(cells: Cells) -> str | None:
    whole = cells.text("name")
    parts = [p for p in (cells.text("first_name"), cells.text("last_name")) if p]
    return whole or (" ".join(parts)[:200] or None)


def read_email(cells: Cells, name: str) -> str | None:
    text = cells.text(name)
    if text is None:
        return None
    normal = normal_email(text)
    if normal is None:
        cells.refuse(name, text, _("not an e-mail address"))
    return normal


def read_phone(cells: Cells, name: str, region: str) -> str | None:
    text = cells.text(name)
    if text is None:
        return None
    number, understood = normal_phone(text, region)
    if not understood:
        cells.warn(name, text, _("phone number not understood, kept as it is written"))
    return number


def read_language(cells: Cells) -> str | None:
    text = cells.text("language")
    if text is None:
        return None
    code = normal_language(text)
    if code is None:
        cells.refuse("language", text, _("not a language we know: use a code such as en or ru"))
    return code


def _time_zone(cells: Cells) -> str | None:
    text = cells.text("time_zone")
    if text is None:
        return None
    zone = normal_time_zone(text)
    if zone is None:
        cells.refuse("time_zone", text, _("not a time zone: write it as in Europe/Warsaw"))
    return zone


def _role(cells: Cells) -> str | None:
    text = cells.text("decision_role")
    if text is None:
        return None
    role = _ROLE_OF.get(text.lower())
    if role is None:
        cells.refuse("decision_role", text, _("not a role: use decides, influences or uses"))
    return role


def _date(cells: Cells, name: str, reading: Reading) -> date | None:
    text = cells.text(name)
    if text is None:
        return None
    found = reading.dates.get(name, DateFormat(None)).read(text)
    if found.problem is DateProblem.AMBIGUOUS:
        cells.refuse(name, text, _("could be day-month or month-day: choose the order of dates"))
    elif found.day is None:
        cells.refuse(name, text, _("not a date"))
    return found.day


def read_money(text: str) -> Decimal | None:
    """“1 200,50”, “1,200.50”, “€1.200” and “1200 zł” as a number; None when it is none."""
    bare = re.sub(r"[^\d.,+−-]", "", text).replace("−", "-")
    marks = re.findall(r"[.,]", bare)
    if len(set(marks)) == 2:  # the last mark is the decimal one
        bare = bare.replace(marks[0], "")
        if marks.count(marks[-1]) > 1:
            return None
    elif len(marks) > 1 or re.search(r"\d[.,]\d{3}$", bare):
        bare = re.sub(r"[.,]", "", bare)
    try:
        return Decimal(bare.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _money(cells: Cells, name: str) -> Decimal | None:
    text = cells.text(name)
    if text is None:
        return None
    amount = read_money(text)
    if amount is None or abs(amount) >= Decimal(10) ** 12:
        cells.refuse(name, text, _("not an amount of money"))
        return None
    return amount
