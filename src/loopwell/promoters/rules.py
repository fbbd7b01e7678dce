"""Whose link is it, which words may a company write itself, and who is a promoter?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.sampling.links import ref_of, token_of

SALT = "loopwell.promoters.link"
PROMOTER_FROM = 9
MOST_REFERRALS = 50
"""From one link; more are no friends."""


@dataclass(frozen=True)
class Word:
    """Words of the company's own for one place of the customers' pages."""

    key: str
    label: str | Promise
    limit: int = 300


WORDS = (
    Word("reviews", _("Before the review pages")),
    Word("referral", _("Before their own link")),
    Word("reference", _("The question for a reference")),
    Word("community", _("What the link to the community says"), 80),
    Word("landing", _("What a friend reads on the page of the link"), 1000),
)


def link_token(promoter_ref: str) -> str:
    return token_of(promoter_ref, salt=SALT)


def promoter_ref_of(token: str) -> str | None:
    return ref_of(token, salt=SALT)


def words_for(words: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """The company's words in a language; empty where it wrote none."""
    own = words.get(language) or words.get(language.partition("-")[0]) or {}
    return {each.key: own.get(each.key, "") for each in WORDS}


def first_name(name: str) -> str:
    return name.strip().partition(" ")[0][:40]
