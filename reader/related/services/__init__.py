"""Every change to related articles: what editors decide, and what is worked out."""

from reader.related.services.decisions import (
    RelatedRefused,
    ban_related,
    clear_override,
    move_pin,
    pin_imported,
    pin_related,
    undo_last_change,
)
from reader.related.services.relating import relate_article, relate_articles
from reader.related.services.surveying import (
    go_on_relating,
    relate_all,
    relate_waiting,
    survey_is_outgrown,
)

__all__ = [
    "RelatedRefused",
    "ban_related",
    "clear_override",
    "go_on_relating",
    "move_pin",
    "pin_imported",
    "pin_related",
    "relate_all",
    "relate_article",
    "relate_articles",
    "relate_waiting",
    "survey_is_outgrown",
    "undo_last_change",
]
