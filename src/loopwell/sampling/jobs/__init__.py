"""What does the clock do for sendings and programmes?"""

from loopwell.sampling.jobs import inviting

__all__ = ["inviting"]
