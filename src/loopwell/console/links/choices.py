"""Which surveys, units and languages can be chosen for a way in, and how is it addressed?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.console.company.choices import STEP
from loopwell.console.links.codes import code
from loopwell.responses.open_counts import LinkCount
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking.addresses import address_of, script_of
from loopwell.sampling.linking.queries import units_to_choose
from loopwell.surveys.queries import sendable

ICONS = {
    LinkKind.LINK.value: "link",
    LinkKind.QR.value: "qrcode",
    LinkKind.KIOSK.value: "device-mobile",
    LinkKind.EMBED.value: "world",
}


@dataclass(frozen=True)
class Row:
    """A link as pages show it."""

    link: Any
    count: LinkCount

    @property
    def icon(self) -> str:
        return ICONS[self.link.kind]

    @property
    def address(self) -> str:
        return address_of(self.link.ref, self.link.kind)

    @property
    def short(self) -> str:
        return self.address.partition("://")[2].rstrip("/")

    @property
    def script(self) -> str:
        return script_of(self.link.ref)

    @property
    def is_web(self) -> bool:
        return bool(self.link.kind == LinkKind.EMBED)

    @cached_property
    def code(self) -> SafeString:
        return code(self.address)


def for_forms(actor: Actor) -> dict[str, Any]:
    """The choices of a new link."""
    everywhere = actor.within(Right.RUN_SURVEYS).everything
    units = [(unit.ref, f"{STEP * depth}{unit.name}") for unit, depth in units_to_choose(actor)]
    if everywhere:
        units = [("", _("No unit in particular")), *units]
    return {
        "surveys": [(each.ref, each.name) for each in sendable(actor)],
        "units": units,
        "languages": languages(),
    }


def languages() -> list[tuple[str, Any]]:
    return [("", _("That of whoever comes")), *settings.LANGUAGES]
