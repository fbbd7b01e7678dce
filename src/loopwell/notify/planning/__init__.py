"""Who is told of what happened, and by which ways?"""

from loopwell.notify.planning.filing import file_alarms
from loopwell.notify.planning.recipients import Wanted, wanted_from
from loopwell.notify.planning.turning import turns

__all__ = ["Wanted", "file_alarms", "turns", "wanted_from"]
