"""What every page knows about the site."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest

from reader.articles.models import Section

# The masthead is on every page, so its sections may be this old rather than cost a query.
MASTHEAD_SECONDS = 60
MASTHEAD_COUNT = 6


def site(request: HttpRequest) -> dict[str, Any]:
    """Name the site; the masthead's sections are asked for only where a template shows them."""
    return {
        "site_name": settings.SITE_NAME,
        "masthead_sections": masthead_sections,
    }


def masthead_sections() -> list[Section]:
    """Load the masthead; empty when the database is away, for error pages wear it too."""
    try:
        return cache.get_or_set(
            "masthead_sections",
            lambda: list(Section.objects.for_masthead(MASTHEAD_COUNT)),
            MASTHEAD_SECONDS,
        )
    except DatabaseError:
        return []
