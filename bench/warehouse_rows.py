"""Where do millions of facts for the benchmark of the warehouse come from? One statement each."""

# ruff: noqa: S608 statements of our own, nobody's input is in them

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

PROPERTIES = {"p_segment": "string", "p_since": "timestamp"}
START, DAYS = "2023-11-01", 1096
THEMES = 30


def _dice(salt: int, below: int) -> str:
    return f"(hash(id * 7919 + {salt}) % {below})::INTEGER"


def statements(rows: int, units: Sequence[tuple[int, str]]) -> dict[str, str]:
    """A SELECT for each table; `units` are ids and paths of branches, spread evenly."""
    ids = ", ".join(str(unit) for unit, _path in units)
    paths = ", ".join(f"'{path}'" for _unit, path in units)
    count = len(units)

    def common(total: int, salt: int) -> str:
        return f"""
            id + 1 AS id,
            TIMESTAMP '{START}' + to_microseconds((id * ({DAYS} * 86400000000.0 / {total}))::BIGINT)
                + to_hours({_dice(salt, 24)}) AS at_utc,
            at_utc + to_hours(1) AS at_local,
            CASE WHEN {_dice(salt + 1, 10)} < 7 THEN 'touch' ELSE 'whole' END AS survey,
            CASE WHEN survey = 'touch' THEN 'transactional' ELSE 'relationship' END AS kind,
            CASE WHEN survey = 'touch' THEN 'T' || {_dice(salt + 2, 8)} ELSE '' END AS touchpoint,
            CASE WHEN {_dice(salt + 3, 4)} = 0 THEN 'uk' ELSE 'en' END AS language,
            {_dice(salt + 4, count)} + 1 AS place,
            ([{ids}])[place]::BIGINT AS unit_id,
            ([{paths}])[place] AS unit_path,
            CASE WHEN {_dice(salt + 5, 3)} = 0 THEN {_dice(salt + 6, 20000)} + 1 END AS account_id
        """

    score = (
        f"CASE WHEN {_dice(21, 10)} < 5 THEN 9 + {_dice(22, 2)} WHEN {_dice(21, 10)} < 8 "
        f"THEN 7 + {_dice(23, 2)} ELSE {_dice(24, 7)} END::DOUBLE AS score"
    )
    parts = (
        "(score >= 9)::DOUBLE AS promoter, (score BETWEEN 7 AND 8)::DOUBLE AS passive, "
        "(score <= 6)::DOUBLE AS detractor"
    )
    carried = (
        f"CASE {_dice(31, 4)} WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' WHEN 2 THEN 'basic' END "
        f"AS p_segment, TIMESTAMP '2015-01-01' + to_days({_dice(32, 3000)}) AS p_since"
    )
    return {
        "answers": f"""SELECT {common(rows, 1)}, 'k' || id AS ref, {score}, {parts},
            {_dice(11, 5000)}::BIGINT + 1 AS employee_id, id // 3 + 1 AS customer_id,
            'email' AS source, ['branch', 'phone', 'online', ''][{_dice(12, 4)} + 1] AS channel,
            'P' || {_dice(13, 12)} AS product, '' AS decision_role, {_dice(14, 3)} = 0
            AS has_comment, has_comment AS is_coded, 0.5 + {_dice(15, 100)} / 100.0 AS weight,
            CASE WHEN survey = 'touch' THEN {_dice(16, 5)} / 4.0 END AS csat,
            CASE WHEN survey = 'touch' THEN {_dice(17, 7)} / 6.0 END AS ces,
            CASE WHEN account_id IS NOT NULL THEN 1000.0 * (account_id % 97 + 1) END AS revenue,
            {carried} FROM range({rows}) numbers(id)""",
        "invitations": f"""SELECT {common(2 * rows, 41)}, {_dice(51, 5000)}::BIGINT + 1
            AS employee_id, ['email', 'sms', 'phone'][{_dice(52, 3)} + 1] AS channel,
            'prog' || {_dice(53, 5)} AS programme, 1.0::DOUBLE AS sent, bounced = 0 AS delivered,
            ({_dice(54, 10)} < 6)::DOUBLE AS opened, ({_dice(55, 100)} < 31)::DOUBLE AS answered,
            ({_dice(56, 100)} < 2)::DOUBLE AS bounced, ({_dice(57, 200)} < 1)::DOUBLE AS declined,
            {carried} FROM range({2 * rows}) numbers(id)""".replace(
            "bounced = 0 AS delivered", f"({_dice(56, 100)} >= 2)::DOUBLE AS delivered"
        ),
        "cases": f"""SELECT {common(rows // 6, 61)}, id * 6 + 1 AS answer_id,
            {_dice(71, 500)}::BIGINT + 1 AS owner_id, {_dice(72, 7)}::DOUBLE AS score,
            CASE WHEN {_dice(73, 10)} < 8 THEN at_utc + to_minutes({_dice(74, 6000)}) END
            AS reached_at, CASE WHEN {_dice(75, 10)} < 9 THEN at_utc + to_days(5) END AS closed_at,
            at_utc + to_days(2) AS due_at,
            date_diff('second', at_utc, reached_at) / 3600.0 AS first_contact_hours,
            (reached_at IS NOT NULL AND reached_at <= due_at)::DOUBLE AS in_time,
            (closed_at IS NOT NULL)::DOUBLE AS closed, ({_dice(76, 10)} < 4)::DOUBLE
            AS asked_again, CASE WHEN {_dice(76, 10)} < 4 THEN {_dice(77, 11)}::DOUBLE END
            AS again_score, CASE WHEN {_dice(76, 10)} < 4 THEN ({_dice(77, 11)} > 6)::DOUBLE END
            AS recovered, 0.0::DOUBLE AS cost FROM range({rows // 6}) numbers(id)""",
        "mentions": f"""SELECT {common(rows // 2, 81)}, id * 2 + 1 AS answer_id,
            'theme-' || {_dice(82, THEMES)} AS theme, 'theme-' || {_dice(82, THEMES)} // 6 * 6
            AS theme_1, theme AS theme_2, 'defect' AS theme_kind,
            CASE WHEN {_dice(83, 4)} = 0 THEN 'interviewer' ELSE 'model' END AS source,
            CASE WHEN {_dice(83, 4)} = 0 THEN 'call' ELSE 'comment' END AS voice,
            100.0::DOUBLE AS weight, -1.0::DOUBLE AS sentiment, 1.0::DOUBLE AS answer_weight,
            CASE WHEN account_id IS NOT NULL THEN 1000.0 * (account_id % 97 + 1) END AS revenue,
            {score}, {parts}, {carried} FROM range({rows // 2}) numbers(id)""",
    }  # fmt: skip


def fill_duckdb(path: str, tables: dict[str, dict[str, str]], made: dict[str, str]) -> None:
    """Straight into the tables of an engine's file, which must be closed."""
    connection = duckdb.connect(path)
    connection.execute("SET preserve_insertion_order = false")
    for name, statement in made.items():
        named = ", ".join(f'"{column}"' for column in tables[name])
        connection.execute(f'INSERT INTO "{name}" ({named}) SELECT {named} FROM ({statement})')
    connection.close()


def batches(statement: str, columns: dict[str, str], size: int = 500_000) -> Any:
    """The same facts as Arrow batches, for the other engines."""
    connection = duckdb.connect()
    named = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f"SELECT {named} FROM ({statement})").to_arrow_reader(size)


def as_csv(statement: str, columns: dict[str, str], path: Path) -> None:
    connection = duckdb.connect()
    named = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"COPY (SELECT {named} FROM ({statement})) TO '{path}' (HEADER false)")
