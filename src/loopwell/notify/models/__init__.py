"""Who was told what, by which ways, and how does each person want to be told?"""

from loopwell.notify.models.alarm import Alarm, Dispatch
from loopwell.notify.models.habits import Preference, QuietHours
from loopwell.notify.models.target import Target

__all__ = ["Alarm", "Dispatch", "Preference", "QuietHours", "Target"]
