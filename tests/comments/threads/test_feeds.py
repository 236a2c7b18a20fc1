"""A conversation as a feed."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.threads.feeds import FEED_SIZE
from comments.threads.models import Comment
from reader.articles import services as articles
from tests.factories import make_article, make_comment, make_thread, make_user
from tests.reader.articles.test_feeds import FORMS, next_of, read_xml, titles_of


def address(article, form="json"):
    return f"/articles/{article.pk}/comments/feed.{form}"


class ThreadFeedTests(TestCase):
    def test_it_tells_the_newest_comments_whole_in_every_form(self):
        article = make_article("Night ferry")
        first = make_comment(article, text="*First* <script>x</script>", author=make_user("Ada"))
        make_comment(parent=first, text="Second.", guest_name="Li", guest_key="k")

        feed = self.client.get(address(article)).json()
        newest, oldest = feed["items"]

        assert feed["title"] == "Comments on Night ferry · Foldline"
        assert feed["home_page_url"] == f"http://testserver{article.get_absolute_url()}#comments"
        assert newest["content_html"] == "<p>Second.</p>"
        assert oldest["title"] == "Ada on Night ferry"
        assert oldest["content_html"] == first.body_html
        assert oldest["url"] == f"http://testserver/comments/{first.pk}/"
        assert oldest["authors"] == [{"name": "Ada"}]
        for form in ("atom", "rss"):
            parsed = read_xml(self.client.get(address(article, form)))
            assert [each.id for each in parsed.entries] == [newest["id"], oldest["id"]]
            words = (
                parsed.entries[1].get("content", [{}])[0].get("value") or parsed.entries[1].summary
            )
            assert words == first.body_html

    def test_only_what_everybody_may_read_is_in_it(self):
        article = make_article()
        for status in ("held", "withdrawn", "removed"):
            comment = make_comment(article, text=f"Secret {status}")
            Comment.objects.filter(pk=comment.pk).update(status=status, in_tree=False)
        make_comment(text="Secret elsewhere")
        make_comment(article, text="Public")

        for form in FORMS:
            response = self.client.get(address(article, form))
            self.assertContains(response, "Public")
            self.assertNotContains(response, "Secret")
            assert len(titles_of(response)) == 1

    def test_an_article_that_may_not_be_seen_has_none(self):
        gone = make_article()
        make_comment(gone)
        articles.withdraw_article(gone)

        assert self.client.get(address(gone)).status_code == 404
        assert self.client.get(address(make_article(status="draft"))).status_code == 404

    def test_a_new_reply_makes_it_new_and_who_has_it_is_told_so(self):
        article = make_article()
        comment = make_comment(article)
        for form in FORMS:
            first = self.client.get(address(article, form))
            tag = {"if-none-match": first["ETag"]}
            assert self.client.get(address(article, form), headers=tag).status_code == 304
            make_comment(parent=comment)
            assert self.client.get(address(article, form), headers=tag).status_code == 200

    def test_an_edit_moves_the_date_and_not_the_id(self):
        article = make_article()
        comment = make_comment(article)
        [before] = self.client.get(address(article)).json()["items"]
        Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now())

        [after] = self.client.get(address(article)).json()["items"]

        assert after["id"] == before["id"]
        assert after["date_published"] == before["date_published"]
        assert after["date_modified"] >= before["date_modified"]

    def test_it_goes_on_by_key_and_costs_the_same_however_long_the_thread_is(self):
        costs = []
        for size in (2, FEED_SIZE + 3):
            article = make_article("Ferry")
            make_thread(article, [None, *range(1, 10), *[None] * (size - 10)][:size])
            with CaptureQueriesContext(connection) as queries:
                first = self.client.get(address(article))
            costs.append(len(queries))

        second = self.client.get(next_of(first))

        assert costs == [2, 2]
        said = [item["content_html"] for each in (first, second) for item in each.json()["items"]]
        assert said == [f"<p>Comment {n}</p>" for n in range(FEED_SIZE + 3, 0, -1)]
        assert self.client.get(f"{address(article)}?after=nonsense").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_quotations_lead_back_to_the_site(client, form):
    article = make_article()
    text = f"[¶ 2](/articles/{article.pk}/#text-p2) [Kim](/comments/5/)"
    make_comment(article, text=text)

    content = client.get(f"/articles/{article.pk}/comments/feed.{form}").content.decode()

    assert f"http://testserver{article.get_absolute_url()}#text-p2" in content
    assert "http://testserver/comments/5/" in content
    assert 'href=\\"/' not in content.replace("&quot;", '\\"')
