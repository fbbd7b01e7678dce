"""Which pages does the menu offer to whom?"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loopwell.access.enums import Right, Role
from loopwell.access.rules import Actor


@dataclass(frozen=True)
class Place:
    """One entry of the menu: `url_name` is reversed, `right` decides who sees it.

    `tabs` are pages of other addresses that belong to it and light it up; `roles`, if any,
    names those whose daily page it is: others with the right reach it by a link.
    """

    label: str | Promise
    url_name: str
    icon: str
    right: Right
    tabs: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    active: bool


# Those who serve customers, and who lead them.
DAILY = frozenset(
    {
        Role.FRONT_LINE,
        Role.CALL_BACK,
        Role.SUPERVISOR,
        Role.MANAGER,
        Role.ACCOUNT_MANAGER,
    }
)

# Those who look beyond their own customers.
LEADING = frozenset(Role) - {Role.FRONT_LINE, Role.CALL_BACK}

SECTIONS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    ("", (Place(gettext_lazy("Home"), "home:index", "home", Right.READ_ANSWERS),)),
    (
        gettext_lazy("Ask"),
        (
            Place(
                gettext_lazy("Surveys"),
                "surveys:list",
                "clipboard",
                Right.RUN_SURVEYS,
                tabs=("brand:index",),
            ),
            Place(
                gettext_lazy("Programmes"),
                "programmes:list",
                "repeat",
                Right.RUN_SURVEYS,
                tabs=("waves:list", "contact:rules", "decisions:list", "planner:index"),
            ),
            Place(gettext_lazy("Links and codes"), "links:list", "qrcode", Right.RUN_SURVEYS),
            Place(gettext_lazy("Journeys"), "journeys:list", "route", Right.RUN_SURVEYS),
            Place(gettext_lazy("Outbox"), "outbox:list", "mail", Right.RUN_SURVEYS),
        ),
    ),
    (
        gettext_lazy("Act"),
        (
            Place(
                gettext_lazy("Cases"),
                "cases:queue",
                "phone",
                Right.READ_CASES,
                tabs=("letters:list",),
            ),
            Place(gettext_lazy("Calls to make"), "calls:index", "headset", Right.WORK_CASES),
            Place(
                gettext_lazy("Huddles"),
                "huddles:index",
                "users-group",
                Right.READ_ANSWERS,
                tabs=("reports:index",),
            ),
            Place(
                gettext_lazy("About me"),
                "coaching:index",
                "message-2",
                Right.READ_ANSWERS,
                roles=DAILY,
            ),
            Place(
                gettext_lazy("Issues"),
                "issues:list",
                "flag",
                Right.READ_ANSWERS,
                roles=DAILY | {Role.ADMINISTRATOR, Role.PROGRAMME, Role.FUNCTION},
            ),
            Place(
                gettext_lazy("Initiatives"),
                "initiatives:index",
                "bulb",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Promoters"),
                "promoters:index",
                "thumb-up",
                Right.READ_CUSTOMERS,
                roles=LEADING,
            ),
        ),
    ),
    (
        gettext_lazy("Learn"),
        (
            Place(
                gettext_lazy("Answers"),
                "answers:list",
                "message",
                Right.READ_ANSWERS,
                tabs=("held:list",),
            ),
            Place(
                gettext_lazy("Explore"),
                "explore:index",
                "chart-bar",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Dashboards"),
                "dashboards:index",
                "layout-list",
                Right.READ_ANSWERS,
                roles=LEADING | {Role.ADMINISTRATOR, Role.FUNCTION},
            ),
            Place(
                gettext_lazy("Pain map"),
                "pains:index",
                "flame",
                Right.READ_ANSWERS,
                tabs=("complaints:index",),
                roles=LEADING | {Role.FUNCTION},
            ),
            Place(
                gettext_lazy("Taxonomy"),
                "taxonomy:index",
                "tags",
                Right.RUN_SURVEYS,
                tabs=("coding:index", "text_rules:index"),
            ),
            Place(
                gettext_lazy("Targets"),
                "targets:index",
                "target",
                Right.READ_ANSWERS,
                tabs=("key_figures:index",),
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Units compared"),
                "ranking:index",
                "trending-up",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("What changed"),
                "why:change",
                "help-circle",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Benchmark"),
                "benchmark:index",
                "trophy",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Our people"),
                "employees:index",
                "users-group",
                Right.READ_ANSWERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Recovery"),
                "recovery:index",
                "refresh",
                Right.READ_CASES,
                roles=LEADING,
            ),
            Place(gettext_lazy("Is it used?"), "use:index", "chart-dots", Right.COACH),
            Place(
                gettext_lazy("News"),
                "stories:list",
                "heart",
                Right.READ_ANSWERS,
                tabs=("training:list",),
            ),
        ),
    ),
    (
        gettext_lazy("Customers"),
        (
            Place(gettext_lazy("Customers"), "customers:list", "users", Right.READ_CUSTOMERS),
            Place(
                gettext_lazy("Accounts"),
                "accounts:list",
                "building",
                Right.READ_CUSTOMERS,
                roles=LEADING,
            ),
            Place(
                gettext_lazy("Personal reminders"),
                "reminders:list",
                "bell",
                Right.READ_CUSTOMERS,
                roles=frozenset({Role.ACCOUNT_MANAGER}),
            ),
            Place(
                gettext_lazy("Import"),
                "imports:list",
                "upload",
                Right.IMPORT_DATA,
                tabs=("sources:list", "properties:index"),
            ),
        ),
    ),
    (
        gettext_lazy("Settings"),
        (
            Place(gettext_lazy("Company"), "company:index", "settings", Right.MANAGE_ACCESS),
            Place(gettext_lazy("Channels"), "channels:index", "plug", Right.RUN_SURVEYS),
            Place(
                gettext_lazy("API keys"),
                "keys:list",
                "key",
                Right.MANAGE_ACCESS,
                tabs=("webhooks:list",),
            ),
            Place(gettext_lazy("Status"), "status:index", "activity", Right.READ_STATUS),
        ),
    ),
)


def sections_for(actor: Actor, path: str) -> list[tuple[str, list[Item]]]:
    found = []
    for title, places in SECTIONS:
        items = [_item(place, path) for place in places if _offered(place, actor)]
        if items:
            found.append((str(title), items))
    return found


def _offered(place: Place, actor: Actor) -> bool:
    return actor.may(place.right) and (not place.roles or bool(place.roles & actor.roles))


def _item(place: Place, path: str) -> Item:
    url = reverse(place.url_name)
    below = (url, *(reverse(name) for name in place.tabs))
    active = path == url if url == "/" else path.startswith(below)
    return Item(label=str(place.label), url=url, icon=place.icon, active=active)
