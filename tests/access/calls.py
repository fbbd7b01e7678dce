"""Which operations does Loopwell have, and whom do they ask for a right?"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import loopwell

Operation = Callable[..., Any]


class Untouched:
    """Stands for an argument that a refusal must come before."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"“{name}” was read before anybody asked for the right")

    def __iter__(self) -> Any:
        raise AssertionError("it was listed before anybody asked for the right")


def _is_one(value: object, module: str) -> bool:
    if not inspect.isfunction(value) or value.__module__ != module or value.__name__[0] == "_":
        return False
    known = inspect.signature(value).parameters.get("actor")
    return known is not None and known.kind is known.KEYWORD_ONLY


def operations() -> dict[str, Operation]:
    """All public functions of `operations` modules that take `actor=`, by "app.module.name"."""
    found = {}
    for entry in pkgutil.walk_packages(loopwell.__path__, "loopwell."):
        if "operations" not in entry.name.split("."):
            continue
        for name, value in vars(importlib.import_module(entry.name)).items():
            if _is_one(value, entry.name):
                place = entry.name.removeprefix("loopwell.").replace(".operations", "")
                found[f"{place}.{name}"] = value
    return found


def untouched(operation: Operation) -> dict[str, Any]:
    """Arguments for all that an operation needs, none of which it may look at."""
    wanted = inspect.signature(operation).parameters.values()
    return {p.name: Untouched() for p in wanted if p.default is p.empty and p.name != "actor"}


def takes(operation: Operation, name: str) -> bool:
    return name in inspect.signature(operation).parameters


OPERATIONS = operations()
