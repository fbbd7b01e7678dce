"""The image and the compose file name commands and settings that exist."""

import re
from pathlib import Path

from loopwell.config.cli import COMMANDS
from loopwell.config.env import SETTINGS

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_commands_exist() -> None:
    started = re.findall(r'command: \["(\w+)"', COMPOSE) + re.findall(r'CMD \["(\w+)"', DOCKERFILE)

    assert sorted(set(started) - {"python"}) == ["migrate", "up", "web", "worker"]
    assert set(started) - {"python"} <= set(COMMANDS)


def test_settings_exist() -> None:
    named = set(re.findall(r"LOOPWELL_\w+", COMPOSE + DOCKERFILE))

    assert named <= {setting.name for setting in SETTINGS}


def test_pages_worker_and_database_are_there() -> None:
    services = re.findall(r"^  (\w+):\n", COMPOSE.split("\nservices:\n")[1], re.M)

    assert {"postgres", "migrate", "web", "worker"} <= set(services)
