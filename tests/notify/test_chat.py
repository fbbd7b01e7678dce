"""Does an alarm reach a chat, and is a chat that fails neither lost nor told twice?"""

from datetime import timedelta
from typing import Any

import pytest

from loopwell.integrations.chat import carrier
from loopwell.integrations.chat.addresses import shown, without_secrets
from loopwell.kit.errors import Invalid, NotFound
from loopwell.notify.enums import CHAT
from loopwell.notify.models import Dispatch, Target
from loopwell.notify.operations import add_own_target, add_unit_target, try_target
from loopwell.notify.queries import troubled
from loopwell.notify.sending import send_alarms
from tests.cases.conftest import Answer
from tests.conftest import NOW, Company
from tests.integrations.gateway import Gateway, gateway

MINUTE = timedelta(minutes=1)


@pytest.fixture
def chat(settings: Any, tmp_path: Any) -> Any:
    settings.ALLOW_PRIVATE_NETWORKS = True
    settings.EMAIL_TO_FILES, settings.OUTBOX_DIR = True, tmp_path
    with gateway() as state:
        yield state


def own_target(company: Company, chat: Gateway, path: str = "secret-token-123") -> Target:
    address = f"{chat.url.replace('http', 'json')}/{path}"
    return add_own_target(
        actor=company.actor("mark"), now=NOW, channel=CHAT, name="My chat", address=address
    )


def way() -> Dispatch:
    return Dispatch.objects.get(channel=CHAT)


def test_an_alarm_reaches_the_persons_chat(answer: Answer, company: Company, chat: Any) -> None:
    target = own_target(company, chat)
    answer(comment="Nobody called")
    send_alarms(NOW)
    (told,) = chat.told
    assert told.path == "/secret-token-123"
    assert "is unhappy and waits for your call" in told.body
    assert way().sent_at == NOW
    assert "secret-token" not in target.sealed
    assert "secret-token" not in target.shown
    send_alarms(NOW + MINUTE)
    assert len(chat.told) == 1


def test_a_chat_that_refuses_for_now_gets_it_later_and_once(
    answer: Answer, company: Company, chat: Any
) -> None:
    own_target(company, chat)
    chat.status = 500
    answer(comment="x")
    send_alarms(NOW)
    assert (way().attempts, way().retry_at) == (1, NOW + MINUTE)
    assert "500" in way().error
    assert "secret-token" not in way().error
    assert troubled(company.actor("mark"), NOW).count() == 1
    chat.status = 200
    send_alarms(NOW + MINUTE)
    send_alarms(NOW + 2 * MINUTE)
    assert way().sent_at == NOW + MINUTE
    assert len(chat.told) == 2


def test_a_chat_that_hangs_is_perhaps_told_and_never_again(
    answer: Answer, company: Company, chat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopwell.integrations.chat.addresses.SECONDS_TO_READ", 0.2)
    own_target(company, chat)
    chat.delay = 0.6
    answer(comment="x")
    send_alarms(NOW)
    assert way().failed_at == NOW
    assert "Perhaps sent" in way().error
    send_alarms(NOW + timedelta(days=1))
    assert len(chat.told) == 1


def test_a_chat_that_is_gone_is_an_error_at_once(
    answer: Answer, company: Company, chat: Any
) -> None:
    own_target(company, chat)
    chat.status = 404
    answer(comment="x")
    send_alarms(NOW)
    assert (way().failed_at, way().retry_at) == (NOW, None)
    assert Target.objects.get().last_error


def test_nobody_is_led_into_our_network(
    answer: Answer, company: Company, chat: Any, settings: Any
) -> None:
    own_target(company, chat)
    settings.ALLOW_PRIVATE_NETWORKS = False
    with pytest.raises(Invalid):
        own_target(company, chat)
    sealed = add_own_target(
        actor=company.actor("mark"), now=NOW, channel=CHAT, name="x",
        address=chat.url.replace("http", "jsons") + "/x",
    )  # fmt: skip
    problem = try_target(actor=company.actor("mark"), now=NOW, ref=sealed.ref)
    assert "private network" in problem
    assert chat.told == []


def test_a_redirect_is_not_followed(answer: Answer, company: Company, chat: Any) -> None:
    own_target(company, chat)
    chat.status, chat.location = 302, f"{chat.url}/inside"
    answer(comment="x")
    send_alarms(NOW)
    assert [told.path for told in chat.told] == ["/secret-token-123"]
    assert way().failed_at == NOW


def test_a_redirect_into_our_network_is_stopped_where_it_connects(
    chat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a service to follow one after all."""
    passage = carrier.Passage(private=False, look_up=lambda host, port: ["127.0.0.1"])
    plugin = carrier.plugin_for(chat.url.replace("http", "json"))
    plugin.redirects = True
    with carrier.guarded(passage):
        assert plugin.notify(body="x") is False
    assert "private network" in passage.refused
    assert chat.told == []


@pytest.mark.parametrize(
    "address",
    ["syslog://", "mailto://a:b@example.com", "dbus://", "https://example.com/x", "nonsense", ""],
)
def test_what_is_no_chat_is_refused(address: str, db: None) -> None:
    with pytest.raises(Invalid):
        shown(address)


def test_a_known_chats_address_shows_no_token() -> None:
    hook = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    assert shown(hook) == "Slack · …"
    assert shown("ntfys://ntfy.example.com/my-secret-topic") == "ntfy · ntfy.example.com"
    assert without_secrets("no TIiajkdnlazkcOXrIdevi7FQ here", hook) == "no … here"


def test_a_teams_channel_hears_of_its_unit_once(
    answer: Answer, company: Company, chat: Any
) -> None:
    address = f"{chat.url.replace('http', 'json')}/team"
    mark = company.actor("mark")
    made = add_unit_target(
        actor=mark, now=NOW, channel=CHAT, name="#north", address=address, unit=company.north
    )
    answer(comment="North")
    answer(comment="South", unit=company.south)
    send_alarms(NOW)
    (told,) = chat.told
    assert told.path == "/team"
    with pytest.raises(NotFound):
        try_target(actor=company.actor("oscar"), now=NOW, ref=made.ref)
