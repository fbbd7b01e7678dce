"""Do the demo company's rules find what its customers mean?"""

from loopwell.demo.loading_text_rules import RULES
from loopwell.demo.loading_themes import SAYS_NOTHING
from loopwell.demo.records import Company
from loopwell.themes.rules.finding import ReadyRule, codes_by_rules
from loopwell.themes.rules.patterns import patterns_of


def test_each_is_right_most_of_the_time(company: Company) -> None:
    told = dict(enumerate(a for a in company.answers if len(a.comment or "") >= SAYS_NOTHING))
    for slug, lines, exceptions, is_regular in RULES:
        rule = ReadyRule(1, 1, -1, patterns_of(lines, exceptions, regular=is_regular))
        codes = codes_by_rules({key: a.comment or "" for key, a in told.items()}, [rule])
        right = sum(slug in told[key].causes for key in codes.found)
        assert len(codes.found) > 50, slug
        assert right / len(codes.found) > 0.75, slug
        assert not codes.slow
