"""How do rows of the truth become facts? One module for each table."""

from loopwell.insights.facts.answers import ANSWER_FACTS
from loopwell.insights.facts.cases import CASE_FACTS
from loopwell.insights.facts.invitations import INVITATION_FACTS
from loopwell.insights.facts.mentions import MENTION_FACTS
from loopwell.insights.facts.ratings import RATING_FACTS
from loopwell.insights.facts.source import Context, Loaded, Source, context_now, load

__all__ = ["ALL_SOURCES", "SOURCES", "Context", "Loaded", "Source", "context_now", "load"]

SOURCES: dict[str, tuple[Source, ...]] = {
    "response": (ANSWER_FACTS, RATING_FACTS, MENTION_FACTS),
    "invitation": (INVITATION_FACTS,),
    "case": (CASE_FACTS,),
}
"""By the journal's subject, whose ids are the keys of the facts."""
ALL_SOURCES = tuple(source for sources in SOURCES.values() for source in sources)
