"""Who answered in two periods, and how did they answer each time? As one SQL statement."""

from functools import lru_cache
from typing import Any

from loopwell.insights.asking import Filters, Question, Reach
from loopwell.insights.warehouse.compiling import Compiled, categories_of, filtered


@lru_cache(maxsize=128)
def compile_pairs(
    before: Filters,
    after: Filters,
    reach: Reach,
    properties: tuple[tuple[str, str], ...],
    dialect: str,
) -> Compiled:
    """Customers by the category of their last answer in each period."""
    import ibis

    was, now = (_last_answers(filters, reach, properties) for filters in (before, after))
    was = was.select("customer_id", k0="category")
    now = now.select(second_id="customer_id", k1="category")
    both = was.inner_join(now, was.customer_id == now.second_id)
    asked = both.group_by("k0", "k1").aggregate(n=both.count())
    return Compiled(str(ibis.to_sql(asked, dialect=dialect)), 2, ("n",))


def _last_answers(filters: Filters, reach: Reach, properties: tuple[tuple[str, str], ...]) -> Any:
    import ibis

    rows = filtered(Question("nps", filters=filters), reach, properties)
    rows = rows.filter(rows.customer_id.notnull())
    newest = [ibis.desc(rows.at_utc), ibis.desc(rows.id)]
    place = ibis.row_number().over(group_by=rows.customer_id, order_by=newest)
    rows = rows.mutate(category=categories_of(rows.score), place=place)
    return rows.filter(rows.place == 0)
