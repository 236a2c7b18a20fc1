"""What tests of the thread's pages share."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

HTMX = {"HX-Request": "true"}
# The same act by a plain form and by htmx must leave the same behind.
both_ways = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(element) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def thread_url(article) -> str:
    return reverse("threads:article_comments", args=[article.pk])


def url_of(name, comment) -> str:
    return reverse(f"threads:comment_{name}", args=[comment.pk])


def said(response) -> str:
    """Give what the answer puts into the live region."""
    return words(soup_of(response).select_one("#say[hx-swap-oob=innerHTML]"))


def shown_ids(soup) -> list[str]:
    return [article["id"] for article in soup.select("article.comment")]
