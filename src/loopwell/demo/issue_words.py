"""Which issues did teams of the demo company raise, and what was said to them?

Each: title, text, slug of the root cause, days ago, and the steps after raising it as (state,
by the office or by the team, text, days ago).
"""

from loopwell.huddles.enums import IssueState

STEPS = tuple[tuple[IssueState, bool, str, int], ...]
ISSUES: tuple[tuple[str, str, str, int, STEPS], ...] = (
    (
        "We are not told when a discount ends",
        "Customers learn from the bill that their discount has ended, and call us angry. We see "
        "the date nowhere before, so we cannot warn them. A dozen calls each month in our shop "
        "alone.",
        "billing-error",
        40,
        (
            (IssueState.ASKED, True, "Is it only the discounts of new contracts?", 38),
            (IssueState.NEW, False, "No: those given by the retention team, too.", 37),
            (IssueState.ACCEPTED, True, "Invoicing writes the end date on the last two bills.", 35),
            (IssueState.ANSWERED, True,
             "Since this month the last two bills before the end say so, and the date stands on "
             "the customer's page. Thank you: this was one call in eleven.", 9),
        ),
    ),
    (
        "Deliveries are promised for a day, not for a time",
        "Customers stay at home the whole day and the van comes in the evening, or not at all. We "
        "have no way to give them a time; the carrier's plan does not reach us.",
        "late-delivery",
        21,
        ((IssueState.ACCEPTED, True, "Slots of two hours with the carrier, first in the north.",
          18),),
    ),
    (
        "No delivery time can be given to customers",
        "They take a day off for the delivery and nobody comes. The carrier does not tell us when "
        "the van will be there.",
        "late-delivery",
        12,
        ((IssueState.JOINED, True, "", 11),),
    ),
    (
        "Faults in the network are known in the street before we know them",
        "Callers tell us that the whole house is without network while our screen is green. We "
        "send technicians for nothing.",
        "network-coverage",
        6,
        ((IssueState.ASKED, True, "Which houses were it? Send us two or three addresses.", 4),),
    ),
    (
        "Waiting on Saturdays: two desks for a whole district",
        "On Saturdays customers wait forty minutes and leave. We may open no third desk, and the "
        "plan is made elsewhere.",
        "long-waiting",
        2,
        (),
    ),
)  # fmt: skip
