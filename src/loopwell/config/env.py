"""Which LOOPWELL_* settings exist, and what is wrong with the ones that are set?

Every setting of the product stands in `SETTINGS`; `docs/admin/settings.md` shows the same
table and a test holds the two together. Nothing else reads the environment.
"""

import difflib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

PREFIX = "LOOPWELL_"
SOURCE = "LOOPWELL_SOURCE_"
"""LOOPWELL_SOURCE_CRM holds the address of the database “CRM”, its password included."""
LANGUAGE_CODES = ("en", "ru", "uk", "pl")
ESPS = ("mailgun", "sendgrid", "postmark", "brevo", "mailjet", "sparkpost", "resend")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingError(ValueError):
    """A LOOPWELL_* variable that cannot be used; the text says which and how to mend it."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its default as text, its parser and a line of help."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str


def _text(value: str) -> str:
    return value.strip()


def _path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _bool(value: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if value.strip().lower() not in known:
        raise ValueError("write yes or no")
    return known[value.strip().lower()]


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _url(value: str, schemes: tuple[str, ...], example: str) -> str:
    if value and urlsplit(value).scheme not in schemes:
        raise ValueError(f"it must start with {' or '.join(s + '://' for s in schemes)}: {example}")
    return value


def _base_url(value: str) -> str:
    url = _url(value, ("http", "https"), "https://nps.example.com").rstrip("/")
    if not urlsplit(url).hostname:
        raise ValueError("it needs a host name: https://nps.example.com")
    return url


def _database_url(value: str) -> str:
    example = "postgresql://user:password@host:5432/loopwell"
    return _url(value, ("sqlite", "postgresql", "postgres"), example)


def _warehouse_url(value: str) -> str:
    example = "duckdb:///srv/loopwell/facts.duckdb"
    return _url(value, ("duckdb", "postgresql", "postgres", "clickhouse", "chdb"), example)


def _email_url(value: str) -> str:
    example = "smtp+tls://user:password@mail.example:587 or postmark://server-token"
    return _url(value, ("smtp", "smtp+tls", "smtps", *ESPS), example)


def _sms_url(value: str) -> str:
    example = "https://gateway.example/send or twilio://SID:token@sender"
    if _url(value, ("https", "http", "twilio"), example).startswith("twilio://"):
        account, _at, sender = value.removeprefix("twilio://").rpartition("@")
        if not (":" in account and sender):
            raise ValueError("it needs account, token and sender: twilio://SID:token@+48123456789")
    return value


def _coder_url(value: str) -> str:
    return _url(value, ("https", "http"), "https://api.example/v1")


def _token(value: str) -> str:
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise ValueError("write the key alone, without spaces or quotes")
    return value


def _json_object(value: str) -> dict[str, str]:
    try:
        found = json.loads(value or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ValueError('write JSON like {"Authorization": "Bearer …"}')  # noqa: TRY004 read() gathers ValueErrors
    return {str(name): str(each) for name, each in found.items()}


def _method(value: str) -> str:
    if value.upper() not in ("GET", "POST", "PUT"):
        raise ValueError("write GET, POST or PUT")
    return value.upper()


def _reply_address(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    if value and (not at or not domain or not local or set(local + domain) & set("+@<> ,")):
        raise ValueError("write one address without a plus: care@example.com")
    if len(local) > 30:  # an address has at most 64 characters before the @, and ours takes 32
        raise ValueError("the part before the @ must have at most 30 characters")
    return value.strip()


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("it is no time zone; write one like Europe/Warsaw")
    return str(ZoneInfo(value))


def _language(value: str) -> str:
    if value not in LANGUAGE_CODES:
        raise ValueError(f"write one of {', '.join(LANGUAGE_CODES)}")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def _positive(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise ValueError("write a whole number above 0")
    return int(value)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "LOOPWELL_DATA_DIR",
        "loopwell-data",
        _path,
        "Folder for the database, the warehouse, uploads, written mail and the secret key.",
    ),
    Setting(
        "LOOPWELL_DATABASE_URL",
        "",
        _database_url,
        "Where the truth lives: empty for SQLite in the data folder, or postgresql://…",
    ),
    Setting(
        "LOOPWELL_WAREHOUSE_URL",
        "",
        _warehouse_url,
        "Where the numbers live: empty for DuckDB in the data folder (with SQLite) or the "
        "schema `warehouse` of the same database (with PostgreSQL); or "
        "clickhouse://user:password@host:8123/database.",
    ),
    Setting(
        "LOOPWELL_SECRET_KEY",
        "",
        _text,
        "Signs sessions and links. Empty: made once and kept in the data folder. All "
        "processes of one installation need the same.",
    ),
    Setting(
        "LOOPWELL_BASE_URL",
        "http://127.0.0.1:8000",
        _base_url,
        "The address people use; links in messages start with it. https switches on "
        "secure cookies.",
    ),
    Setting(
        "LOOPWELL_ALLOWED_HOSTS",
        "",
        _words,
        "Further host names that may be used, separated by commas.",
    ),
    Setting(
        "LOOPWELL_TRUST_PROXY",
        "no",
        _bool,
        "yes when a proxy in front sets X-Forwarded-Proto and X-Forwarded-For itself.",
    ),
    Setting(
        "LOOPWELL_EMAIL_URL",
        "",
        _email_url,
        "Mail server: smtp://host:25, smtp+tls://user:password@host:587 or "
        "smtps://user:password@host:465; or a provider: mailgun://key@domain, sendgrid://key, "
        "postmark://token, brevo://key, mailjet://key:secret, sparkpost://key, resend://key. "
        "Empty: messages are written to files and shown under Ask › Outbox.",
    ),
    Setting(
        "LOOPWELL_EMAIL_WEBHOOK_KEY",
        "",
        _text,
        "Key with which the mail provider signs its reports: Mailgun's signing key, SendGrid's "
        "verification key. Others need none.",
    ),
    Setting(
        "LOOPWELL_EMAIL_FROM", "Loopwell <loopwell@localhost>", _text, "Sender of every message."
    ),
    Setting(
        "LOOPWELL_REPLY_ADDRESS",
        "",
        _reply_address,
        "Mailbox for replies to letters from cases: care@example.com. Every letter gets an address "
        "of its own in it (care+…@example.com), by which the reply finds its case. Empty: replies "
        "go to the sender.",
    ),
    Setting(
        "LOOPWELL_EMAIL_PER_SECOND", "50", _positive, "How many messages a second leave at most."
    ),
    Setting(
        "LOOPWELL_SENDERS",
        "2",
        _positive,
        "How many connections send messages side by side, over all workers.",
    ),
    Setting(
        "LOOPWELL_SMS_URL",
        "",
        _sms_url,
        "SMS gateway: twilio://SID:token@sender, or the https address of any other, with {to}, "
        "{text} and {ref} where its address needs them. Empty: texts are written to files.",
    ),
    Setting(
        "LOOPWELL_SMS_METHOD", "POST", _method, "How the SMS gateway is called: POST, PUT or GET."
    ),
    Setting(
        "LOOPWELL_SMS_HEADERS",
        "",
        _json_object,
        'Headers for the SMS gateway as JSON: {"Authorization": "Bearer …"}.',
    ),
    Setting(
        "LOOPWELL_SMS_BODY",
        "to={to}&text={text}&ref={ref}",
        _text,
        "What the SMS gateway is sent: form fields, or JSON when it begins with a brace.",
    ),
    Setting(
        "LOOPWELL_SMS_SUCCESS",
        "",
        _text,
        "What its JSON answer must say when it took the text: status=ok. Empty: a status of 2xx "
        "is enough.",
    ),
    Setting(
        "LOOPWELL_SMS_ID",
        "",
        _text,
        "Where its JSON answer names the text: messages.0.id. Empty: nowhere.",
    ),
    Setting(
        "LOOPWELL_ALLOW_PRIVATE_NETWORKS",
        "no",
        _bool,
        "yes lets Loopwell call gateways inside your own network, and by http.",
    ),
    Setting(
        "LOOPWELL_LANGUAGE",
        "en",
        _language,
        "Language of pages for people who chose none: en, ru, uk or pl.",
    ),
    Setting(
        "LOOPWELL_TIME_ZONE",
        "UTC",
        _time_zone,
        "Time zone of the company; units may have their own.",
    ),
    Setting(
        "LOOPWELL_LOG_LEVEL",
        "INFO",
        _log_level,
        "How much is logged: DEBUG, INFO, WARNING or ERROR.",
    ),
    Setting(
        "LOOPWELL_EMBEDDINGS",
        "yes",
        _bool,
        "Whether the model that reads comments also learns from what sentences mean, where the "
        "extra `embeddings` is installed: better with few coded comments, and some 45 comments "
        "a second instead of thousands.",
    ),
    Setting(
        "LOOPWELL_CODER_URL",
        "",
        _coder_url,
        "Address of a language model that also reads comments, by the OpenAI protocol: "
        "https://api.example/v1. Empty: none. Personal data is masked before it is sent; for one "
        "inside your own network see LOOPWELL_ALLOW_PRIVATE_NETWORKS.",
    ),
    Setting(
        "LOOPWELL_CODER_KEY",
        "",
        _token,
        "Key for that language model, sent as a bearer token. Empty: none.",
    ),
    Setting(
        "LOOPWELL_CODER_MODEL",
        "",
        _text,
        "Name of the model there. Needed with LOOPWELL_CODER_URL.",
    ),
    Setting(
        "LOOPWELL_DATABASE_POOL",
        "8",
        _positive,
        "Connections to PostgreSQL that one process keeps at most.",
    ),
)


def read(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All settings by name without the prefix, lower case (`data_dir`, `base_url`, …).

    Raises SettingError with every mistake at once, unknown LOOPWELL_* names included.
    """
    environ = os.environ if environ is None else environ
    known = {setting.name for setting in SETTINGS}
    mistakes = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known and not name.startswith(SOURCE):
            short = name.removeprefix(PREFIX)
            near = difflib.get_close_matches(short, [k.removeprefix(PREFIX) for k in known], n=1)
            hint = f"did you mean {PREFIX}{near[0]}?" if near else "see docs/admin/settings.md"
            mistakes.append(f"{name} is no setting: {hint}")
    named = [name for name in environ if name.startswith(SOURCE)]
    values: dict[str, Any] = {
        "sources": {name.removeprefix(SOURCE): environ[name].strip() for name in sorted(named)}
    }
    for setting in SETTINGS:
        raw = environ.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name.removeprefix(PREFIX).lower()] = setting.parse(raw)
        except ValueError as error:
            mistakes.append(f"{setting.name}: {error}")
    if values.get("coder_url") and not values.get("coder_model"):
        mistakes.append("LOOPWELL_CODER_MODEL: name the model that LOOPWELL_CODER_URL is to use")
    if mistakes:
        raise SettingError("\n".join(mistakes))
    return values


def secret_key(data_dir: Path) -> str:
    """The key kept in the data folder, made on first use and readable by its owner alone."""
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
