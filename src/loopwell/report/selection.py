"""Which groups are shown, when there are hundreds?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loopwell.calc.compare import GroupResult
from loopwell.report.wording import count


@dataclass(frozen=True)
class Selection:
    """Groups from best to worst; None stands for those left out in the middle."""

    rows: list[GroupResult | None]
    total: int
    hidden_small: int

    def notes(self, minimum: int) -> list[str]:
        """What is not shown."""
        if None not in self.rows:
            return []
        shown = len(self.rows) - 1
        sentence = _("the best and worst of %(total)s groups are shown")
        if self.hidden_small:
            sentence = _(
                "the best and worst of %(total)s groups are shown, those with fewer than "
                "%(minimum)d answers left out"
            )
        return [sentence % {"total": count(self.total), "minimum": minimum, "shown": shown}]


def selection(results: Sequence[GroupResult], edge: int) -> Selection:
    """All groups, best first, or the `edge` best and worst of those large enough to judge."""
    known = sorted(
        (result for result in results if result.estimate),
        key=lambda r: (-(r.estimate.value if r.estimate else 0), -r.counts.n),
    )
    if len(known) <= 2 * edge + 5:
        return Selection(list(known), len(known), 0)
    large = [result for result in known if not result.too_small]
    if len(large) < 2:
        large = sorted(known, key=lambda r: -r.counts.n)[: 2 * edge]
        return Selection([*large, None], len(known), 0)
    hidden = len(known) - len(large)
    if len(large) <= 2 * edge:
        return Selection([*large, None], len(known), hidden)
    return Selection([*large[:edge], None, *large[-edge:]], len(known), hidden)
