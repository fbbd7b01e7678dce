"""What can be chosen for a link, a kiosk or a website, and which choices make no sense?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid
from loopwell.sampling.enums import LinkKind

AT_ONCE = {LinkKind.KIOSK.value: 40}
AT_ONCE_ELSEWHERE = 20
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")


class Place(StrEnum):
    """How a website shows the question: above the page, or inside it."""

    POPOVER = "popover"
    INLINE = "inline"


@dataclass(frozen=True)
class LinkSettings:
    """Everything a link can be told; what its kind does not know stays as it is.

    `most_at_once` is how many answers in five minutes are believed (0: as usual for the kind).
    Of a kiosk, `seconds` the thanks stay and `idle_seconds` a half-finished answer. Of a website,
    the `sites` that may send answers, and when the question appears: `delay` seconds after the
    page, `scroll` percent down, from the `pages`th page on, to `share` percent of visitors, on
    addresses that contain one of `only_on` and none of `not_on`; again `rest_days` after a
    visitor closed it.
    """

    ask_reach: bool = True
    most_at_once: int = 0
    seconds: int = 8
    idle_seconds: int = 45
    sites: tuple[str, ...] = ()
    place: str = Place.POPOVER
    delay: int = 5
    scroll: int = 0
    pages: int = 1
    share: int = 100
    only_on: tuple[str, ...] = ()
    not_on: tuple[str, ...] = ()
    rest_days: int = 90

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "LinkSettings":
        names = {each.name for each in fields(cls)}
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in names
        }
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the usual, so that better defaults reach old links."""
        usual = LinkSettings()
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != getattr(usual, name)
        }

    def believed(self, kind: str) -> int:
        """How many answers within five minutes are counted through one link of this kind."""
        return self.most_at_once or AT_ONCE.get(kind, AT_ONCE_ELSEWHERE)


LIMITS = {
    "most_at_once": (0, 100_000),
    "seconds": (3, 120),
    "idle_seconds": (10, 600),
    "delay": (0, 600),
    "scroll": (0, 100),
    "pages": (1, 100),
    "share": (1, 100),
    "rest_days": (0, 3650),
}
"""The smallest and largest sensible number of each choice."""


def checked(kind: LinkKind, wanted: LinkSettings) -> LinkSettings:
    """The settings with their sites written the same way; Invalid names every wrong field."""
    wrong: dict[str, list[str]] = {}
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(wanted, name) <= high:
            wrong[name] = [_("Choose %(low)d to %(high)d.") % {"low": low, "high": high}]
    sites: list[str] = []
    for text in wanted.sites:
        site = origin_of(text)
        if site is None:
            message = _("“%(site)s” is no address of a website; write it like https://example.com.")
            wrong.setdefault("sites", []).append(message % {"site": text[:80]})
        else:
            sites.append(site)
    if kind is LinkKind.EMBED and not wanted.sites:
        wrong["sites"] = [_("Name at least one website: only these may send answers.")]
    if wanted.place not in set(Place):
        wrong["place"] = [_("Choose where the question appears.")]
    if wrong:
        raise Invalid(_("Some choices do not fit."), fields=wrong)
    return LinkSettings(**{**asdict(wanted), "sites": tuple(dict.fromkeys(sites))})


def origin_of(text: str) -> str | None:
    """A website as browsers name it, "https://www.example.com:8443"; None when it is none."""
    text = text.strip().lower()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def lines(text: str) -> Sequence[str]:
    """What stands on the lines of a text field, without blanks."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
