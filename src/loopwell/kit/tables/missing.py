"""Which texts mean that nothing was entered?"""

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "nan", "null", "nil", "none", "<na>", "-", "–", "—", "−", "."}
)


def is_missing(text: str) -> bool:
    """Whether a cell stands for "no value": empty, NA, N/A, null, a lone dash and the like."""
    if len(text) > 12:
        return text.isspace()
    return text.strip().lower() in MISSING
