"""Runs Django's own commands as `loopwell manage …`."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def run(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loopwell.config.settings")
    execute_from_command_line(["loopwell manage", *arguments])
    return 0
