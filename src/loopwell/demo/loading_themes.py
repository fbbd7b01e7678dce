"""What did people of the demo company read in its comments, and how is its taxonomy built?"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.access.rules import SYSTEM
from loopwell.demo import records
from loopwell.demo.loading_asked import Asked
from loopwell.demo.records import Texts
from loopwell.themes.enums import MentionSource, Sentiment, ThemeKind
from loopwell.themes.models import Coding, Mention, Theme
from loopwell.themes.operations.modelling import ask_for_training

CODED = 0.18
"""Share of the comments that people coded, drawn at random."""
TWICE = 160
"""Comments coded by a second person, who reads every tenth one otherwise."""
OTHERWISE = 0.1
SAYS_NOTHING = 24
"""Characters below which a comment names nothing: “Awful!!!”, “👍”."""


@dataclass(frozen=True)
class Area:
    slug: str
    names: Texts
    kind: ThemeKind
    owner: Texts
    themes: tuple[str, ...]


AREAS = (
    Area(
        "contact",
        Texts("Contact with us", "Общение с нами", "Спілкування з нами", "Kontakt z nami"),
        ThemeKind.DEFECT,
        Texts("Customer service", "Клиентский сервис", "Клієнтський сервіс", "Obsługa klienta"),
        ("long-waiting", "rude-staff", "not-solved-first-time", "wrong-information"),
    ),
    Area(
        "goods",
        Texts("Delivery and goods", "Доставка и товар", "Доставка і товар", "Dostawa i towar"),
        ThemeKind.DEFECT,
        Texts("Logistics", "Логистика", "Логістика", "Logistyka"),
        ("late-delivery", "product-fault", "stock", "returns"),
    ),
    Area(
        "money",
        Texts("Money", "Деньги", "Гроші", "Pieniądze"),
        ThemeKind.DEFECT,
        Texts("Billing", "Биллинг", "Білінг", "Rozliczenia"),
        ("billing-error", "price"),
    ),
    Area(
        "network",
        Texts("Network and app", "Связь и приложение", "Зв’язок і застосунок", "Sieć i aplikacja"),
        ThemeKind.DEFECT,
        Texts("Technology", "Технический отдел", "Технічний відділ", "Technika"),
        ("network-coverage", "app-problem"),
    ),
    Area(
        "well-done",
        Texts("What we do well", "Что у нас хорошо", "Що в нас добре", "Co robimy dobrze"),
        ThemeKind.DELIGHT,
        Texts("", "", "", ""),
        ("friendly-staff", "quick", "good-value", "good-network", "problem-solved", "easy-to-use"),
    ),
)


def load_themes(company: records.Company, asked: Asked, now: datetime) -> None:
    """After the cases, which bring the causes. The model learns in the background."""
    _areas()
    coders = [_person(Role.PROGRAMME), _person(Role.CALL_BACK)]
    themes = dict(Theme.objects.values_list("slug", "pk"))
    kinds = dict(Theme.objects.values_list("slug", "kind"))
    draw = random.Random(11)  # noqa: S311 an invented company
    written = [
        (place, each) for place, each in enumerate(company.answers)
        if each.comment and draw.random() < CODED
    ]  # fmt: skip
    codings, mentions = [], []
    for number, (place, each) in enumerate(written):
        told = list(each.causes) if len(each.comment) >= SAYS_NOTHING else []
        at = max(each.commented_at or now, now - timedelta(days=draw.randrange(1, 80)))
        at = min(at + timedelta(minutes=draw.randrange(5, 600)), now)
        pk = asked.responses[place]
        codings.append(_coding(pk, coders[0], told, kinds, at, second=False))
        mentions += list(_mentions(pk, told, themes, kinds, at))
        if number < TWICE:
            other = told if draw.random() >= OTHERWISE else told[:-1]
            codings.append(_coding(pk, coders[1], other, kinds, at, second=True))
    Coding.objects.bulk_create(codings, batch_size=2000)
    Mention.objects.bulk_create(mentions, batch_size=2000)
    ask_for_training(actor=SYSTEM, now=now)


def _areas() -> None:
    for position, area in enumerate(AREAS, start=1):
        made, _new = Theme.objects.get_or_create(
            slug=area.slug,
            defaults={"names": _said(area.names), "kind": area.kind, "position": position,
                      "owner_function": _said(area.owner), "is_demo": True},
        )  # fmt: skip
        below = Theme.objects.filter(slug__in=area.themes)
        below.update(parent=made, owner_function=_said(area.owner))


def _said(texts: Texts) -> dict[str, str]:
    told = {code: getattr(texts, code) for code in ("en", "ru", "uk", "pl")}
    return {code: text for code, text in told.items() if text}


def _person(role: Role) -> User:
    return User.objects.filter(is_demo=True, memberships__role=role).order_by("pk")[0]


def _coding(
    response: int, coder: User, told: list[str], kinds: dict[str, str], at: datetime, *,
    second: bool,
) -> Coding:  # fmt: skip
    return Coding(
        response_id=response, coder=coder, at=at, is_random=True, is_second=second,
        themes=[{"theme": slug, "sentiment": _feeling(kinds[slug]), "words": []} for slug in told],
    )  # fmt: skip


def _mentions(
    response: int, told: list[str], themes: dict[str, int], kinds: dict[str, str], at: datetime
) -> Iterator[Mention]:
    for place, slug in enumerate(told):
        part = Decimal(100 // len(told))
        weight = part if place else 100 - part * (len(told) - 1)
        yield Mention(
            response_id=response, theme_id=themes[slug], source=MentionSource.CODER,
            weight=weight, sentiment=_feeling(kinds[slug]), at=at,
        )  # fmt: skip


def _feeling(kind: str) -> int:
    return Sentiment.POSITIVE if kind == ThemeKind.DELIGHT else Sentiment.NEGATIVE
