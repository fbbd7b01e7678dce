"""Which chat addresses may somebody type in, and what of them may be shown?

Apprise knows over a hundred services, some of which run programs or write files here. Only those
listed are taken; of those that name a host of their own, plain http only where the settings allow
our own network.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apprise
from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid

HOSTED = frozenset({
    "slack", "tgram", "discord", "gchat", "pover", "wxteams", "webex", "twilio", "vonage",
    "nexmo", "messagebird", "clickatell", "line", "pbul", "smsc", "zulip",
})  # fmt: skip
"""The provider's own host."""
OWN_HOST = frozenset({
    "msteams", "workflow", "workflows", "ntfy", "ntfys", "gotify", "gotifys", "mmost", "mmosts",
    "rocket", "rockets", "signal", "signals", "json", "jsons",
})  # fmt: skip
"""A host that somebody names."""
SECONDS_TO_CONNECT, SECONDS_TO_READ = 5.0, 8.0


def plugin_for(address: str) -> Any:
    """Apprise's sender of an address, with our limits; raises Invalid for any that is not ours."""
    asset = apprise.AppriseAsset(
        app_id="Loopwell",
        app_desc="Loopwell",
        storage_mode=apprise.PersistentStoreMode.MEMORY,
        secure_logging=True,
    )
    with _quietly():
        plugin = apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if plugin is None:
        raise Invalid(
            _("This is no address of a chat that Loopwell knows. Copy it once more."),
            fields={"address": [_("Not understood: is a part missing?")]},
        )
    schemas = _names(plugin.protocol) | _names(plugin.secure_protocol)
    if not schemas & (HOSTED | OWN_HOST):
        message = _("Loopwell does not send to %(service)s.") % {"service": plugin.service_name}
        raise Invalid(message, fields={"address": [message]})
    if _is_plain_http(plugin, schemas) and not settings.ALLOW_PRIVATE_NETWORKS:
        message = _("The connection must be encrypted: write %(schema)s:// in front.") % {
            "schema": min(_names(plugin.secure_protocol) or {"https"})
        }
        raise Invalid(message, fields={"address": [message]})
    plugin.socket_connect_timeout = SECONDS_TO_CONNECT
    plugin.socket_read_timeout = SECONDS_TO_READ
    plugin.verify_certificate, plugin.redirects, plugin.retry = True, False, 0
    return plugin


@contextmanager
def _quietly() -> Iterator[None]:
    """Apprise repeats an address it cannot read, with its secrets, in our log."""
    log = logging.getLogger("apprise")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def _names(said: Any) -> set[str]:
    if not said:
        return set()
    return {said} if isinstance(said, str) else set(said)


def _is_plain_http(plugin: Any, schemas: set[str]) -> bool:
    if not schemas & OWN_HOST or getattr(plugin, "mode", "") == "cloud":
        return False
    return bool(_names(plugin.protocol)) and not plugin.secure


def shown(address: str) -> str:
    """The service, and the host where it is not the service's own; never a token."""
    plugin = plugin_for(address)
    schemas = _names(plugin.protocol) | _names(plugin.secure_protocol)
    name = str(plugin.service_name)
    if schemas & OWN_HOST and plugin.host and getattr(plugin, "mode", "") != "cloud":
        return f"{name} · {plugin.host}"
    return f"{name} · …"


def without_secrets(text: str, address: str) -> str:
    """What a far side said, with every part of the address that could be a secret taken out."""
    parts = [part for part in re.split(r"[/@:?&=#+,]+", address) if len(part) >= 4]
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "…")
    return text
