"""
What the style page shows: parts of pages in every state, made up here and kept nowhere.

Comments belong to a house that this one does not know; a test holds what is made up here against
what they really have.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reader.articles.contents import lay_out
from reader.articles.models import Article, Publisher, Section
from reader.hashtags.models import Hashtag

COLOURS = (
    "paper", "sheet", "tint", "ink", "ink-2", "press", "link", "visited", "ok", "warn", "edge",
    "rule",
)  # fmt: skip
THEMES = ("light", "dark", "sepia")
FIRST_PK = 990_000_000
LONG_HEADLINE = (
    "Harbour board, ferry owners, insurers and the island council agree, after eleven hours and "
    "two votes, that nobody had read the small print of the timetable which all of them had "
    "signed, and that the Donaudampfschifffahrtsgesellschaft was therefore, in a narrow sense, "
    "right about the lights on the headland"
)
PROSE = """<p>The last ferry left with <em>its lights on</em>, and
<a href="#prose">nobody waved</a>. It turned once, as it does.<sup><a href="#prose">1</a></sup></p>
<h2>What the yard remembers</h2>
<p>She was built for a lake, said a man with a bucket, who asked not to be
<strong>named</strong>.</p>
<blockquote><p>It floats, and that is the first thing one asks of a boat.</p>
<p><cite>Harbour master</cite></p></blockquote>
<h3>In figures</h3>
<table><thead><tr><th>Year</th><th>Crossings</th><th>Late</th></tr></thead>
<tbody><tr><td>2024</td><td>1,204</td><td>31</td></tr>
<tr><td>2025</td><td>1,198</td><td>57</td></tr>
</tbody></table>
<ul><li>A tender</li><li>A second tender</li></ul>
<ol><li>First the bow</li><li>then the stern</li></ol>
<h3>In letters</h3>
<pre>07:10 Ambry – Tansy
08:40 Tansy – Ambry</pre>
<dl><dt>Tender</dt><dd>A call for offers.</dd></dl>"""
COMMENT = {
    "parent_id": None,
    "parent_author_label": "",
    "author_label": "Mara",
    "author_url": None,
    "is_guest": True,
    "is_mine": False,
    "is_placeholder": False,
    "placeholder_text": "",
    "held_for_viewer": False,
    "body_html": "<p>I was on it. The lights were on because it was dark.</p>",
    "edited_at": None,
    "score": 4,
    "viewer_vote": 0,
    "can_edit": False,
    "can_withdraw": False,
    "can_vote": True,
    "can_reply": True,
}
COMMENT_STATES: dict[str, dict[str, Any]] = {
    "By a guest": {},
    "By a person, in answer to somebody": {
        "author_label": "Theo Brandt",
        "author_url": "#comments-parts",
        "is_guest": False,
        "parent_id": FIRST_PK,
        "parent_author_label": "Mara",
        "viewer_vote": 1,
    },
    "One’s own, edited": {"is_mine": True, "can_edit": True, "can_withdraw": True, "edited": True},
    "Held for a moderator": {
        "is_mine": True,
        "held_for_viewer": True,
        "can_vote": False,
        "can_reply": False,
    },
    "Voted down, not to be answered": {"score": -3, "viewer_vote": -1, "can_reply": False},
    "Removed": {
        "is_placeholder": True,
        "placeholder_text": "This comment was removed by a moderator.",
    },
}


class SampleForm(forms.Form):
    name = forms.CharField(help_text="What others see.")
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(widget=forms.PasswordInput)
    words = forms.CharField(widget=forms.Textarea, required=False)
    order = forms.ChoiceField(choices=[("best", "Best"), ("new", "Newest")])
    agrees = forms.BooleanField(label="Tell me when somebody answers", required=False)


def samples() -> dict[str, Any]:
    """Make everything that about/style.html shows."""
    lead, plain, arabic, *_ = articles = sample_articles()
    hashtags = lead.shown_hashtags  # type: ignore[attr-defined]
    return {
        "themes": THEMES,
        "colours": COLOURS,
        "icons": icon_names(),
        "lead": lead,
        "article": plain,
        "articles": articles,
        "laid": lay_out(PROSE, word_count=2000),
        "hashtags": hashtags,
        "neighbours": SimpleNamespace(hashtag=hashtags[0], older=plain, newer=arabic),
        "sidebar": {
            "picks": [SimpleNamespace(other=arabic, why_shown="Read this one first")],
            "coverage": [
                SimpleNamespace(
                    other=lead, why_shown="Part of the same story, told by 4 publishers"
                )
            ],
            "background": [
                SimpleNamespace(other=plain, why_shown="Both mention Port Ambry and ferry")
            ],
            "items": [arabic, lead, plain],
            "story": SimpleNamespace(
                story={"get_absolute_url": "#lists"}, articles=6, is_counted=True
            ),
        },
        "sentences": [
            "The last ferry left with its lights on, and nobody waved.",
            "She was built for a lake, said a man with a bucket.",
        ],
        "form": SampleForm(auto_id="style-%s"),
        "refused_form": SampleForm({"name": "Mara", "email": "mara"}, auto_id="style-refused-%s"),
        "comments": sample_comments(),
        "thread": SimpleNamespace(count=0, is_open=True, sort="best"),
        "post_url": reverse("about:style"),
        "login_url": reverse(settings.LOGIN_URL),
        "may_post": True,
        "name_max_length": 60,
    }


def icon_names() -> list[str]:
    source = (Path(settings.BASE_DIR) / "static/files/icons.svg").read_text("utf-8")
    return re.findall(r'<symbol id="([\w-]+)"', source)


def sample_articles() -> list[Article]:
    """Make articles that are hard in one way or another: long, foreign, bare, unknown."""
    post = Publisher(name="The Harbour Post", slug="the-harbour-post")
    oasis = Publisher(name="بريد الواحة", slug="بريد-الواحة")
    transport = Section(name="Transport", slug="transport")
    facts: list[dict[str, Any]] = [
        {
            "title": "The last ferry left with its lights on",
            "excerpt": "It was ten past eleven, and the quay was wet. Nobody waved.",
            "publisher": post,
            "section": transport,
            "comment_count": 12,
            "shown_hashtags": sample_hashtags(),
        },
        {
            "title": "Gulls return",
            "excerpt": "So did a man with a bucket.",
            "publisher": post,
            "comment_count": 1,
            "original_url": "https://harbour-post.example/gulls",
        },
        {
            "title": "قنوات الري القديمة تعود إلى الجريان",
            "excerpt": "عاد الماء إلى ثلاث من قنوات الري القديمة.",
            "publisher": oasis,
            "language": "ar",
        },
        {"title": LONG_HEADLINE, "excerpt": "Both sides were relieved.", "publisher": post},
        {"title": "", "excerpt": "Words that came without a headline, a publisher and a date."},
    ]
    return [made_up_article(number, fact) for number, fact in enumerate(facts)]


def made_up_article(number: int, facts: dict[str, Any]) -> Article:
    hashtags = facts.pop("shown_hashtags", [])
    published_at = timezone.now() - timedelta(hours=2, days=9 * number)
    article = Article(
        pk=FIRST_PK + number,
        slug="sample",
        published_at=published_at if facts.get("publisher") else None,
        word_count=600,
        body_text="Words.",
        **facts,
    )
    article.shown_hashtags = hashtags  # type: ignore[attr-defined]
    return article


def sample_hashtags() -> list[Hashtag]:
    names = ("ferry", "PortAmbry", "الواحة")
    return [Hashtag(name=name, slug=name.lower(), article_count=7) for name in names]


def sample_comments() -> list[tuple[str, SimpleNamespace]]:
    now = timezone.now()
    made = []
    for number, (words, state) in enumerate(COMMENT_STATES.items()):
        facts = {**COMMENT, **state, "pk": FIRST_PK + number, "created_at": now}
        if facts.pop("edited", False):
            facts["edited_at"] = now
        made.append((words, SimpleNamespace(**facts)))
    return made
