"""What is wrong with a value, where, and is the row taken in spite of it?"""

from dataclasses import dataclass

from loopwell.kit.errors import Conflict, Invalid


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one value; `reason` is a whole sentence without the value.

    `field` is the target field ("email"), `warning` says that the row is taken all the same,
    `conflict` that it is somebody else's.
    """

    reason: str
    field: str = ""
    value: str = ""
    warning: bool = False
    conflict: bool = False


class CannotSave(Invalid):
    """A customer, account or interaction with values that cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        fields: dict[str, list[str]] = {}
        for problem in problems:
            fields.setdefault(problem.field or "__all__", []).append(problem.reason)
        super().__init__(" ".join(dict.fromkeys(p.reason for p in problems)), fields=fields)


class IdentityConflict(Conflict):
    """The external id is one person's and the e-mail another's."""
