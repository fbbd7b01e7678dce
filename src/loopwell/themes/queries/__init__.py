"""Which themes are there, and what was found about them?"""

from loopwell.themes.queries.causes import (
    FoundCause,
    causes_found,
    proposed_themes,
    root_causes,
    theme_by_slug,
)

__all__ = ["FoundCause", "causes_found", "proposed_themes", "root_causes", "theme_by_slug"]
