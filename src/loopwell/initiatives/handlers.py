"""Which problem does an initiative fix after two themes became one? The one they became."""

from collections.abc import Sequence
from datetime import datetime

from loopwell.initiatives.models import Initiative
from loopwell.journal.rules import Record, consumer
from loopwell.themes.models import Theme


@consumer("initiatives", types={"theme.merged"})
def follow_merged_themes(records: Sequence[Record], now: datetime) -> None:
    into = {record.subject_id for record in records}
    for theme in Theme.objects.filter(merged_into__in=into).select_related("merged_into"):
        for row in Initiative.objects.filter(themes=theme):
            if theme.merged_into is not None:
                row.themes.add(theme.merged_into)
                row.themes.remove(theme)
