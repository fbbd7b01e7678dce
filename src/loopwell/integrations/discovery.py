"""Which folders hold a channel, and which take calls from their providers?

A folder with a `channel.py` is a channel: importing it registers it. One with a `urls.py` answers
under /hooks/<folder>/. Nothing else must be told about a new one.
"""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from loopwell import integrations


def _folders_with(module: str) -> list[str]:
    names = [each.name for each in pkgutil.iter_modules(integrations.__path__) if each.ispkg]
    found = [f"{integrations.__name__}.{name}" for name in sorted(names)]
    return [name for name in found if find_spec(f"{name}.{module}") is not None]


def load_channels() -> None:
    for folder in _folders_with("channel"):
        import_module(f"{folder}.channel")


def hooks() -> list[tuple[str, str]]:
    """Where a folder answers and by which urls module."""
    return [(name.rpartition(".")[2], f"{name}.urls") for name in _folders_with("urls")]
