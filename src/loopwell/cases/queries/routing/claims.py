"""What must routing know of an answer or a silence, and what does it say?"""

from dataclasses import dataclass

from loopwell.access.models import Unit, User
from loopwell.cases.enums import Route
from loopwell.cases.models import Case, Rule
from loopwell.people.models import Account
from loopwell.surveys.enums import SurveyKind


@dataclass(frozen=True)
class Claim:
    """What routing must know of an answer, or of a silence, that needs somebody.

    `rule` says whom it wants; without one, or when nobody it wants can, the nearest. Needs `unit`,
    `employee` and `account` of the source selected.
    """

    key: int
    unit: Unit | None
    employee: User | None
    account: Account | None
    transactional: bool
    language: str = ""
    rule: Rule | None = None

    @classmethod
    def of(cls, case: Case) -> "Claim":
        """Of a case that exists, by its id; for answers and silences alike."""
        source = case.response or case.invitation
        if source is None:
            raise ValueError(f"case {case.pk} is about nothing")
        kind = case.response.kind if case.response else ""
        return cls(
            key=case.pk,
            unit=case.unit,
            employee=source.employee,
            account=case.account,
            transactional=kind == SurveyKind.TRANSACTIONAL,
            language=case.customer.language,
            rule=case.rule,
        )


@dataclass(frozen=True)
class Routed:
    """The person a case goes to and why; nobody only where a company has no people yet.

    `instead_of` is who would have got it were they not away. `why` says, in the company's
    language, what the rule wanted and did not find; empty when all is as it should be.
    """

    owner_id: int | None
    route: Route
    instead_of: int | None = None
    why: str = ""
