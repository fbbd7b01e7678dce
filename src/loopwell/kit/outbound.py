"""How does Loopwell call an address that somebody typed in, without being led into our network?

The host is looked up once, every address it has must be public, and the connection is made to
exactly that address: a name that changes its mind between look-up and call gains nothing. No
redirects, no proxies from the environment, https only, a time limit and a size limit.
"""

import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext as _

MOST_BYTES = 1024 * 1024
SECONDS = 15.0
NAT64 = IPv6Network("64:ff9b::/96")


class Blocked(ValueError):
    """This address must not be called; the text says why."""


class NotReached(Exception):
    """Nothing was handed over: there was no connection."""


class Lost(Exception):
    """The call left, but there was no whole answer: nobody knows what became of it."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Also looks at the IPv4 address that some IPv6 addresses carry inside."""
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inside = address.ipv4_mapped or address.sixtofour
        inside = inside or (address.teredo[1] if address.teredo else None)
        if inside is not None:
            return is_public(inside)
    return address.is_global and not address.is_multicast


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host; raises NotReached when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = _("There is no host named %(host)s.") % {"host": host}
        raise NotReached(message) from error
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def allowed(addresses: Sequence[str], host: str) -> list[str]:
    """All of them must be public: one that is not makes the host suspicious."""
    for each in addresses:
        if not is_public(ip_address(each.partition("%")[0])):
            message = _(
                "%(host)s leads into a private network (%(address)s). Set "
                "LOOPWELL_ALLOW_PRIVATE_NETWORKS=yes if that is meant."
            )
            raise Blocked(message % {"host": host, "address": each})
    return list(addresses)


class _Guarded(httpcore.NetworkBackend):
    """Connects to the very addresses that were looked at."""

    def __init__(self, *, private: bool, look_up: Callable[[str, int], list[str]]) -> None:
        self._private = private
        self._look_up = look_up
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = self._look_up(host, port)
        usable = found if self._private else allowed(found, host)
        for last, address in enumerate(usable, 1):
            try:
                return self._plain.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == len(usable):
                    raise
        raise NotReached(_("There is no host named %(host)s.") % {"host": host})

    def sleep(self, seconds: float) -> None:
        self._plain.sleep(seconds)


class _Way(httpx.HTTPTransport):
    def __init__(self, backend: _Guarded) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            keepalive_expiry=30,
            network_backend=backend,
        )


class Outbound:
    """Calls other systems, several over the same connection; close it when done."""

    def __init__(
        self,
        *,
        private: bool,
        seconds: float = SECONDS,
        most: int = MOST_BYTES,
        look_up: Callable[[str, int], list[str]] = looked_up,
    ) -> None:
        """`private` allows addresses of our own network and plain http."""
        self._private = private
        self._most = most
        self._client = httpx.Client(
            transport=_Way(_Guarded(private=private, look_up=look_up)),
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10.0)),
            follow_redirects=False,
            trust_env=False,
        )

    def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Reply:
        """Raises Blocked, NotReached or Lost; an answer of any status is a Reply."""
        check(url, private=self._private)
        asked = self._client.build_request(
            method, url, headers=dict(headers or {}), content=content
        )
        try:
            reply = self._client.send(asked, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotReached(_said(error)) from error
        except httpx.HTTPError as error:
            raise Lost(_said(error)) from error
        try:
            return Reply(reply.status_code, self._read(reply))
        except httpx.HTTPError as error:
            raise Lost(_said(error)) from error
        finally:
            reply.close()

    def _read(self, reply: httpx.Response) -> bytes:
        body = bytearray()
        for part in reply.iter_bytes():
            body += part
            if len(body) > self._most:
                raise Lost(_("The answer is larger than %(most)d bytes.") % {"most": self._most})
        return bytes(body)

    def close(self) -> None:
        self._client.close()


def check(url: str, *, private: bool) -> None:
    """Raises Blocked for what is no plain web address; says nothing about where it leads."""
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise Blocked(_("This is not a web address: %(url)s") % {"url": url[:80]}) from error
    schemes = ("http", "https") if private else ("https",)
    if parts.scheme not in schemes or not parts.host:
        raise Blocked(_("The address must begin with https:// and name a host."))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")
