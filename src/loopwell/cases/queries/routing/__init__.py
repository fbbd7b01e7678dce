"""Who should get a case, and who could take it over?

`claims`: what routing is asked and what it says. `people`: who may work on cases. `staff`: all it
looks at, read in a handful of queries. `ways`: whom each way of a rule means. `choosing`: the
choice itself. `words`: why nobody nearer got it.
"""

from collections.abc import Sequence

from loopwell.cases.queries.routing.choosing import routes
from loopwell.cases.queries.routing.claims import Claim, Routed
from loopwell.cases.queries.routing.people import able_to_work, possible_owners
from loopwell.cases.queries.routing.staff import Away, absences_around

__all__: Sequence[str] = [
    "Away",
    "Claim",
    "Routed",
    "able_to_work",
    "absences_around",
    "possible_owners",
    "routes",
]
