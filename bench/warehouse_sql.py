"""What would somebody write by hand for each ready question, in DuckDB's SQL?"""

# ruff: noqa: S608 statements of our own, nobody's input is in them

_OURS = "kind IN ('relationship', 'transactional')"
_NPS = "count(*), sum(promoter), sum(detractor)"
_WEIGHTED = (
    "count(*) FILTER (WHERE w > 0), sum(w) FILTER (WHERE w > 0), sum(w * w) FILTER (WHERE w > 0), "
    "sum(w * promoter) FILTER (WHERE w > 0), sum(w * detractor) FILTER (WHERE w > 0), "
    "sum(w * w * promoter) FILTER (WHERE w > 0), sum(w * w * detractor) FILTER (WHERE w > 0)"
)
_ARRIVED = "sent = 1 AND bounced = 0"
_MONTH = "date_trunc('month', at_local)"
_EDGES = (0.5, 1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 720)
_BUCKETS = ", ".join(
    f"count(*) FILTER (WHERE first_contact_hours > {low} AND first_contact_hours <= {high})"
    for low, high in zip((-1, *_EDGES), (*_EDGES, 1e9), strict=False)
)

BY_HAND = {
    "score": f"SELECT {_NPS} FROM answers WHERE {{where}}",
    "trend": f"SELECT {_MONTH}, {_NPS} FROM answers WHERE {{where}} GROUP BY 1",
    "units": f"SELECT unit_id, {_NPS} FROM answers WHERE {{where}} GROUP BY 1",
    "week": f"SELECT isodow(at_local), hour(at_local), {_NPS} FROM answers WHERE {{where}} "
            "GROUP BY 1, 2",
    "scores": "SELECT score::BIGINT, count(*) FROM answers WHERE {where} GROUP BY 1",
    "touchpoints": f"SELECT touchpoint, {_NPS} FROM answers WHERE {{where}} GROUP BY 1",
    "channels": f"SELECT channel, {_MONTH}, {_NPS} FROM answers WHERE {{where}} GROUP BY 1, 2",
    "weighted": f"SELECT {_MONTH}, {_WEIGHTED} FROM (SELECT *, weight AS w FROM answers) "
                "WHERE {where} GROUP BY 1",
    "revenue": f"SELECT {_WEIGHTED} FROM (SELECT promoter, detractor, revenue / count(*) OVER "
               "(PARTITION BY account_id) AS w FROM answers WHERE {where})",
    "asked": f"SELECT {_MONTH}, count(*), sum(answered), sum(declined) FROM invitations "
             f"WHERE {{where}} AND {_ARRIVED} GROUP BY 1",
    "asked_units": "SELECT unit_id, count(*), sum(answered), sum(declined) FROM invitations "
                   f"WHERE {{where}} AND {_ARRIVED} GROUP BY 1",
    "bounced": "SELECT channel, count(*), sum(bounced) FROM invitations "
               "WHERE {where} AND sent = 1 GROUP BY 1",
    "contact": f"SELECT unit_id, count(first_contact_hours), {_BUCKETS} "
               "FROM cases WHERE {where} GROUP BY 1",
    "in_time": f"SELECT {_MONTH}, count(in_time), sum(in_time) FROM cases WHERE {{where}} "
               "GROUP BY 1",
    "recovery": f"SELECT {_MONTH}, count(again_score), sum(recovered) FROM cases WHERE {{where}} "
                "GROUP BY 1",
    "themes": f"SELECT theme, {_NPS} FROM answers JOIN (SELECT DISTINCT answer_id, theme FROM "
              "mentions) m ON m.answer_id = answers.id WHERE {where} GROUP BY 1",
    "satisfied": f"SELECT {_MONTH}, count(csat), count(*) FILTER (WHERE csat >= 0.75) FROM answers "
                 "WHERE {where} GROUP BY 1",
}  # fmt: skip


def by_hand(slug: str, start: str, end: str, path: str) -> str:
    where = f"at_local >= '{start}' AND at_local < '{end}' AND {_OURS}"
    if path:
        where += f" AND starts_with(unit_path, '{path}')"
    return BY_HAND[slug].format(where=where)
