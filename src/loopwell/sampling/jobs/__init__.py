"""What does the clock do for sendings and programmes?"""

from loopwell.sampling.jobs import forgetting, inviting, programmes

__all__ = ["forgetting", "inviting", "programmes"]
