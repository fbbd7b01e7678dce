"""Settings come from LOOPWELL_* alone, are documented, and mistakes say how to mend them."""

import re
from pathlib import Path

import pytest

from loopwell.config.env import SETTINGS, SettingError, read

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_documented_table_and_the_code_agree() -> None:
    text = (ROOT / "docs/admin/settings.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(LOOPWELL_\w+)` \| (?:`([^`]*)`|empty) \| (.+) \|$", text, re.M)

    assert documented == [(s.name, s.default, s.help) for s in SETTINGS]


def test_no_other_module_reads_the_environment() -> None:
    allowed = {"config/env.py", "config/serving.py", "config/wsgi.py", "config/manage.py"}
    allowed.add("report/language.py")  # runs without any set-up, so without the settings
    found = {
        str(path.relative_to(ROOT / "src/loopwell"))
        for path in (ROOT / "src/loopwell").rglob("*.py")
        if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))
    }

    assert {f for f in found if not f.startswith("config/commands/")} <= allowed


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("LOOPWELL_DATABASE_URL", "mysql://x", "sqlite:// or postgresql://"),
        ("LOOPWELL_EMAIL_URL", "mail.example", "smtp://"),
        ("LOOPWELL_BASE_URL", "nps.example.com", "https://nps.example.com"),
        ("LOOPWELL_TIME_ZONE", "Warsaw", "Europe/Warsaw"),
        ("LOOPWELL_LANGUAGE", "de", "en, ru, uk, pl"),
        ("LOOPWELL_TRUST_PROXY", "maybe", "yes or no"),
        ("LOOPWELL_EMAIL_PER_SECOND", "0", "above 0"),
        ("LOOPWELL_LOG_LEVEL", "LOUD", "DEBUG"),
        ("LOOPWELL_DATABSE_URL", "sqlite:///x", "did you mean LOOPWELL_DATABASE_URL?"),
        ("LOOPWELL_CODER_URL", "llm.example", "https://api.example/v1"),
        ("LOOPWELL_CODER_URL", "https://llm.example/v1", "LOOPWELL_CODER_MODEL"),
        ("LOOPWELL_CODER_KEY", "two words", "without spaces"),
        ("LOOPWELL_XYZZY", "1", "docs/admin/settings.md"),
    ],
)
def test_a_mistake_names_the_setting_and_the_mending(name: str, value: str, hint: str) -> None:
    with pytest.raises(SettingError) as caught:
        read({name: value})

    assert name in str(caught.value)
    assert hint in str(caught.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(SettingError) as caught:
        read({"LOOPWELL_LANGUAGE": "de", "LOOPWELL_TIME_ZONE": "Mars"})

    assert str(caught.value).count("\n") == 1


def test_without_any_setting_the_defaults_hold() -> None:
    values = read({})

    assert values["base_url"] == "http://127.0.0.1:8000"
    assert values["email_url"] == values["database_url"] == ""
