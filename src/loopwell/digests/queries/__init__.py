"""What waits for whom, how do they do, which digests are there, and are they used?"""

from loopwell.digests.queries.accounts import MyAccount, my_accounts
from loopwell.digests.queries.brief import Brief, brief
from loopwell.digests.queries.causes import CauseLine, causes
from loopwell.digests.queries.picked import Picked, picked
from loopwell.digests.queries.standing import Readings, Standing
from loopwell.digests.queries.use import Said, TeamUse, opened_by_day, said, use_of_teams
from loopwell.digests.queries.waiting import Waiting, waiting
from loopwell.digests.queries.wishes import Wished, editions_of, last_digests, wished

__all__ = [
    "Brief",
    "CauseLine",
    "MyAccount",
    "Picked",
    "Readings",
    "Said",
    "Standing",
    "TeamUse",
    "Waiting",
    "Wished",
    "brief",
    "causes",
    "editions_of",
    "last_digests",
    "my_accounts",
    "opened_by_day",
    "picked",
    "said",
    "use_of_teams",
    "waiting",
    "wished",
]
