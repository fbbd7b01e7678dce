"""Which errors are expected, and what does a person read when one happens?

Each carries its HTTP status, so that page, API and command line answer alike. Apps define
their own beside what raises them, as subclasses of these.
"""


class ExpectedError(Exception):
    """Something a person can mend; `str(error)` is the translated sentence that says how."""

    status = 400


class NotFound(ExpectedError):
    """It does not exist, or not for this actor: outsiders cannot tell which."""

    status = 404


class Forbidden(ExpectedError):
    """A member of the unit, without the right."""

    status = 403


class Conflict(ExpectedError):
    """Somebody else was first, or it is already done."""

    status = 409


class Invalid(ExpectedError):
    """Input that cannot be used; `fields` maps a field's name to its messages."""

    status = 422

    def __init__(self, message: str, *, fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}
