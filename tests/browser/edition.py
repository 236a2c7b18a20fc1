"""A whole site to look at: the sample edition and the hard pages, served as in real life."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.provision import ROOT

EDITOR, PASSWORD = "editor@foldline.example", "a desk of oak and brass"
START_SECONDS = 60
SENTENCES = (
    "The harbour board met on a Tuesday, which is when the biscuits are better.",
    "Nobody had counted the lamps on the quay since the winter of the long fog.",
    "A clerk read out the figures twice, once for the minutes and once for the gallery.",
    "The ferry will sail at seven, at nine, and whenever the tide has made up its mind.",
    "Those who spoke against the plan were thanked, and those who spoke for it were thanked too.",
)
LONG_HEADLINE = " ".join(
    ["Harbour board votes for a plan that nobody has read to the end and everybody praises"] * 4
)[:300]
WHERE = """
import json
from reader.accounts.models import User
from reader.articles.models import Article
from reader.following.services import follow_hashtag
from reader.hashtags.models import Hashtag
from reader.search.saving import save_search
from reader.stories.models import Story
from reader.stories.services import move_article
from comments.threads.models import Comment
wanted = {a.record_id: a.get_absolute_url() for a in Article.objects.exclude(record_id=None)}
wanted["hashtag"] = Hashtag.objects.get(slug="ferries").get_absolute_url()
named = Article.objects.in_bulk(
    ["sample-01", "sample-21", "sample-35", "headline-300"], field_name="record_id"
)
story = Story.objects.create()
for article in named.values():
    move_article(article, story=story, by=None, reason="One event in four languages")
move_article(Article.objects.get(record_id="comments-0"), story=story, by=None)
move_article(Article.objects.get(record_id="comments-0"), story=None, by=None)
story.refresh_from_db()
wanted["story"] = story.get_absolute_url()
wanted["desk: story"] = f"/admin/stories/story/{story.pk}/change/"
wanted["comment"] = f"/comments/{Comment.objects.order_by('pk').first().pk}/"
wanted["publisher"] = Article.objects.get(record_id="sample-01").publisher.get_absolute_url()
editor = User.objects.get(email="EDITOR")
for hashtag in Hashtag.objects.shown().busiest_first()[:4]:
    follow_hashtag(hashtag, by=editor)
for query in ("q=ferry", "q=biscuits+OR+quay&tab=comments", "q=hashtag%3Aferries&order=newest"):
    save_search(editor, query=query)
print("WHERE", json.dumps(wanted))
"""


@dataclass
class Edition:
    """A running site: where it is, and the address of each kind of page."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)


def make_edition(data_dir: Path) -> None:
    """Fill `data_dir` with the site, and with where its pages are; a quarter of a minute's work."""
    env = environment(data_dir)

    def manage(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments[0]}: {done.stdout[-1000:]}{done.stderr[-2000:]}")
        return done.stdout

    if fonts := os.environ.get("TEST_CUT_FONTS"):
        (data_dir / "cut-fonts").symlink_to(fonts)
    manage("prepare")
    articles, comments = data_dir / "articles.jsonl", data_dir / "comments.jsonl"
    articles.write_text("\n".join(map(json.dumps, hard_articles())))
    comments.write_text("\n".join(map(json.dumps, hard_comments())))
    manage("import_articles", str(articles))
    manage("import_comments", str(comments))
    said = manage("shell", "-c", WHERE.replace("EDITOR", EDITOR))
    (data_dir / "where.json").write_text(said.partition("WHERE")[2])


@contextmanager
def running_edition(data_dir: Path) -> Iterator[Edition]:
    """Serve what make_edition() left in `data_dir` as `run.py` does, and end it."""
    where = json.loads((data_dir / "where.json").read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws",
         "--log-level", "warning", "--blocking-threads", "4", "reader.wsgi:application"],
        cwd=ROOT, env=environment(data_dir), stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/readyz")
        yield Edition(url, page_kinds(where))
    finally:
        server.terminate()
        server.wait(20)


def environment(data_dir: Path) -> dict[str, str]:
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEBUG", "HTTPS"}
    }
    return env | {"DATA_DIR": str(data_dir), "EDITOR_PASSWORD": PASSWORD, "RATE_LIMITS": "off"}


def wait_for(url: str) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def page_kinds(where: dict[str, str]) -> dict[str, str]:
    """Name the address of one page of each kind; `account` and `desk…` want an editor."""
    return {
        "front": "/",
        "article": where["comments-0"],
        "article with 3 comments": where["comments-3"],
        "article with 1000 comments": where["comments-1000"],
        "article in Arabic": where["sample-21"],
        "article in Chinese": where["sample-35"],
        "long headline": where["headline-300"],
        "hashtag": where["hashtag"],
        "hashtags": "/hashtags/",
        "story": where["story"],
        "section": "/sections/world/",
        "publisher": where["publisher"],
        "publishers": "/publishers/",
        "search": "/search/?q=ferry",
        "search: comments": "/search/?q=biscuits&tab=comments",
        "nothing found": "/search/?q=xylophonist",
        "comment": where["comment"],
        "log in": "/account/login/",
        "sign up": "/account/signup/",
        "not found": "/nowhere/",
        "account": "/account/",
        "account: following": "/following/",
        "account: saved searches": "/search/saved/",
        "desk": "/admin/",
        "desk: articles": "/admin/articles/article/",
        "desk: story": where["desk: story"],
    }


def hard_articles() -> Iterator[dict]:
    body = "\n\n".join(" ".join(SENTENCES) for _ in range(12))
    for number, (name, title) in enumerate(
        {
            "comments-0": "A quay without lamps, and nobody has a word to say",
            "comments-3": "Three people answer the harbour board",
            "comments-1000": "A thousand answers to one question about biscuits",
            "headline-300": LONG_HEADLINE,
        }.items()
    ):
        yield {
            "id": name,
            "title": title,
            "subtitle": "What the minutes say, and what they leave out",
            "publisher": "The Tansy Island Bugle",
            "published_at": (datetime.now(UTC) - timedelta(days=2, hours=number)).isoformat(),
            "section": "World",
            "lang": "en",
            "keywords": ["ferries", "harbour"],
            "body": body,
        }


def hard_comments() -> Iterator[dict]:
    started = datetime.now(UTC) - timedelta(days=1)
    for thread, count in (("comments-3", 3), ("comments-1000", 1000)):
        for number in range(count):
            # Threads as people make them: every third opens one, the rest answer what came before.
            parent = None if number % 3 == 0 else f"{thread}-{number - 1}"
            yield {
                "thread_id": thread,
                "thread_url": None,
                "id": f"{thread}-{number}",
                "parent_id": parent,
                "author": f"Reader {number % 40}",
                "created_at": (started + timedelta(minutes=number)).isoformat(),
                "body": SENTENCES[number % len(SENTENCES)],
            }
