"""Can a call be led into our own network, and does it tell apart what left and what did not?"""

from ipaddress import ip_address

import pytest

from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound, check, is_public
from tests.integrations.gateway import gateway


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:53aa:64c:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_dress(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https://", "x", ""]
)
def test_only_https_addresses_are_called(url: str) -> None:
    with pytest.raises(Blocked):
        check(url, private=False)


def _closed(addresses: list[str]) -> Outbound:
    return Outbound(private=False, look_up=lambda _host, _port: addresses)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"]
)
def test_names_and_numbers_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises((Blocked, NotReached)):
        Outbound(private=False).call("GET", f"https://{host}/latest/meta-data/")


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(Blocked, match=r"10\.0\.0\.7"):
        _closed(["8.8.8.8", "10.0.0.7"]).call("GET", "https://rebinding.example/")


def test_it_connects_to_the_address_that_was_looked_at() -> None:
    """The second look-up would lead elsewhere; there is none."""
    asked: list[str] = []

    def look_up(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with gateway() as server:
        port = server.url.rpartition(":")[2]
        outbound = Outbound(private=True, look_up=look_up)
        reply = outbound.call("GET", f"http://nowhere.invalid:{port}/x")
        outbound.close()
    assert reply.ok
    assert asked == ["nowhere.invalid"]
    assert server.told[0].headers["host"] == f"nowhere.invalid:{port}"


def test_redirects_are_not_followed() -> None:
    with gateway() as server, gateway() as other:
        server.status, server.location = 302, other.url
        reply = Outbound(private=True).call("GET", server.url)
    assert (reply.status, other.told) == (302, [])


def test_too_large_answers_are_cut_off() -> None:
    with gateway() as server:
        server.reply = "x" * 1001
        with pytest.raises(Lost, match="1000"):
            Outbound(private=True, most=1000).call("GET", server.url)


def test_no_connection_is_told_apart_from_no_answer() -> None:
    with gateway() as server:
        url = server.url
        server.delay = 1.0
        with pytest.raises(Lost):
            Outbound(private=True, seconds=0.2).call("POST", url, content=b"x")
        server.delay, server.hang_up = 0.0, True
        with pytest.raises(Lost):
            Outbound(private=True).call("POST", url, content=b"x")
    with pytest.raises(NotReached):
        Outbound(private=True).call("POST", url, content=b"x")


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with gateway() as server:
        assert Outbound(private=True).call("GET", server.url).ok
