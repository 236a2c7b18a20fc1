"""What every page knows about the site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest

from reader.articles.models import Section
from reader.articles.sample_edition import is_sample_loaded

# The masthead is on every page, so what it shows may be this old rather than cost a query.
MASTHEAD_SECONDS = 60
MASTHEAD_COUNT = 8


def site(request: HttpRequest) -> dict[str, Any]:
    """Name the site; what the masthead shows is asked for only where a template shows it."""
    return {
        "site_name": settings.SITE_NAME,
        "masthead_sections": masthead_sections,
        "sample_edition": sample_edition,
    }


def masthead_sections() -> list[Section]:
    return _remembered("masthead_sections", _load_sections) or []


def sample_edition() -> bool:
    """Tell whether invented articles are among those of the site."""
    return bool(_remembered("masthead_sample", is_sample_loaded))


def _load_sections() -> list[Section]:
    return list(Section.objects.for_masthead(MASTHEAD_COUNT))


def _remembered(key: str, load: Callable[[], Any]) -> Any:
    """Load once a minute; None when the database is away, for error pages wear the masthead too."""
    try:
        return cache.get_or_set(key, load, MASTHEAD_SECONDS)
    except DatabaseError:
        return None
