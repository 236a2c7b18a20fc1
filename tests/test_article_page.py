"""The article page as its rooms compose it: what it costs, and what the captured article shows."""

import html
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.threads.models import Comment
from reader.articles.models import Article
from reader.related.services import pin_related
from tests.browser import axe
from tests.factories import make_article, make_publisher, make_section, make_thread, make_user

# Issued once a minute for all pages together, so it is not part of what a page costs.
MOST_QUERIES = 12
LONG_TEXT = "\n\n".join(
    f"The harbour of Port Number {n} has a pier, and ferry {n} leaves it at noon with its crew."
    for n in range(1, 25)
)


def make_talked_about_article(comment_count):
    article = make_article(text=LONG_TEXT, publisher=make_publisher(), section=make_section())
    for number in range(3):
        other = make_article(publisher=make_publisher())
        pin_related(article, other, by=None, reason=f"Reason {number}")
    if comment_count:
        # Every tenth starts a conversation, the others answer the one before them.
        make_thread(article, [n - 1 if n % 10 != 1 else None for n in range(1, comment_count + 1)])
    return article


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_the_page_costs_the_same_few_queries_with_0_3_and_1000_comments(client, signed_in):
    if signed_in:
        client.force_login(make_user())
    costs = {}
    make_talked_about_article(0)  # with it every article has company under its hashtags
    for comment_count in (0, 3, 1000):
        address = make_talked_about_article(comment_count).get_absolute_url()
        client.get(address)  # the masthead is remembered from here on
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        costs[comment_count] = len(queries)
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("[data-comment-count]").text == str(comment_count)
        assert len(page.select(".related li")) == 3

    assert len(set(costs.values())) == 1, costs
    assert costs[0] <= MOST_QUERIES


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_page_with_1000_comments_is_accessible_still_and_fits_a_small_screen(open_page):
    address = make_talked_about_article(1000).get_absolute_url()
    for scheme in ("light", "dark"):
        page = open_page(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        page.add_init_script(
            "window.shifted = 0;"
            "new PerformanceObserver(list => {"
            "  for (const entry of list.getEntries()) window.shifted += entry.value;"
            "}).observe({type: 'layout-shift', buffered: true});"
        )
        page.goto(address)
        page.mouse.wheel(0, 4000)
        page.wait_for_timeout(300)

        assert axe(page) == []
        assert page.evaluate("window.shifted") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.django_db
def test_the_captured_article_shows_its_text_its_pins_hashtags_key_points_and_the_invitation(
    client, corpus
):
    path = corpus / "seed_article.jsonl"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    main, *related = records
    call_command("import_articles", str(path), verbosity=0)
    article = Article.objects.get(record_id=main["id"])

    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")

    paragraphs = [paragraph.text for paragraph in page.select(".prose p")]
    assert "\n\n".join(paragraphs) == main["body"]
    assert page.select_one("h1").text == main["title"]
    titles = [item.select_one("h3").get_text(strip=True) for item in page.select(".related li")]
    assert titles[:3] == [record["title"] for record in related]
    hashtags = [link.get_text(strip=True) for link in page.select(".hashtags a[rel~=tag]")]
    assert 3 <= len(hashtags) <= 8
    assert any("Amnesty" in hashtag for hashtag in hashtags)
    quoted = [point.get_text(" ", strip=True) for point in page.select(".glance li")]
    assert quoted
    for words in quoted:
        assert words.strip("\u201c\u201d") in main["body"]
    assert "No comments yet" in page.select_one("#comments").text
    assert not Comment.objects.exists()


PAGES = ["/", "/hashtags/", "/publishers/", "/search/?q=ferry", "/nowhere/", "/account/login/"]


@pytest.mark.django_db
def test_every_page_has_the_strict_policy_and_no_stranger_gets_a_cookie(client, admin_client):
    article = make_talked_about_article(3)
    pages = [
        *PAGES,
        article.get_absolute_url(),
        article.publisher.get_absolute_url(),
        article.section.get_absolute_url(),
        f"/articles/{article.pk}/comments/",
        f"/comments/{Comment.objects.first().pk}/",
        "/account/signup/",
        "/feed.atom",
        "/sitemap.xml",
    ]
    for address in pages:
        response = client.get(address)
        assert_strict(response, address)
        assert not response.cookies, address
    for address in (
        reverse("admin:index"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_article_change", args=[article.pk]),
        reverse("admin:threads_comment_changelist"),
        reverse("admin:hashtags_hashtag_changelist"),
    ):
        assert_strict(admin_client.get(address), address)


def assert_strict(response, address):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy, address
    assert "unsafe" not in policy, address
    if "html" in response["Content-Type"]:
        markup = html.unescape(response.content.decode())
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", markup), address
        for tag in re.findall(r"<script[^>]*>", markup):
            assert "src=" in tag or "ld+json" in tag or "application/json" in tag, address
