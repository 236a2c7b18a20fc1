"""Which way imports point; a new arrow needs a page in docs/decisions/."""

import pytest

from tests.house.tree import ROOT, imports, modules, room_of, shown

pytestmark = pytest.mark.once

# What each room may import. `reader` stands for what is shared: its modules beside the rooms.
MAY_IMPORT = {
    "reader.accounts": {"reader"},
    "reader.articles": {"reader", "reader.accounts"},
    "reader.hashtags": {"reader", "reader.accounts", "reader.articles"},
    "reader.stories": {"reader", "reader.accounts", "reader.articles", "reader.hashtags"},
    "reader.related": {
        "reader",
        "reader.accounts",
        "reader.articles",
        "reader.hashtags",
        "reader.stories",
    },
    "reader.search": {"reader", "reader.accounts", "reader.articles", "reader.hashtags"},
    "reader.following": {"reader", "reader.accounts", "reader.articles", "reader.hashtags"},
    "reader.glance": {"reader", "reader.accounts", "reader.articles", "reader.related"},
    "reader.display": {"reader"},
    "reader.about": {"reader", "reader.articles", "reader.hashtags"},
    "comments.badges": {"reader", "reader.accounts", "reader.articles"},
    "comments.threads": {"reader", "reader.accounts", "reader.articles", "comments.badges"},
    "comments.moderation": {"reader", "reader.accounts", "reader.articles", "comments.threads"},
    "comments.finding": {
        "reader",
        "reader.accounts",
        "reader.articles",
        "reader.search",
        "comments.threads",
    },
    "comments.notices": {"reader", "reader.accounts", "reader.articles", "comments.threads"},
}
# Named after what they work out: they get everything handed in and can be tried without Django.
PURE_MODULES = [
    "reader/accounts/names.py",
    "reader/articles/contents.py",
    "reader/display/choices.py",
    "reader/glance/furniture.py",
    "reader/glance/keypoints.py",
    "reader/glance/quotations.py",
    "reader/glance/sentences.py",
    "reader/glance/standing.py",
    "reader/glance/terms.py",
    "reader/hashtags/extract",
    "reader/hashtags/naming.py",
    "reader/hashtags/sparkline.py",
    "reader/related/blocks.py",
    "reader/related/words.py",
    "reader/related/similarity.py",
    "reader/related/stopwords.py",
    "reader/search/entries.py",
    "reader/search/grammar.py",
    "reader/search/nodes.py",
    "reader/search/words.py",
    "reader/stopwords.py",
    "reader/stories/matching.py",
    "comments/finding/fitting.py",
    "comments/finding/laying_out.py",
    "comments/threads/closing.py",
    "comments/threads/counts.py",
    "comments/threads/mentions.py",
    "comments/threads/quoting.py",
    "comments/threads/ranking.py",
    "comments/threads/render.py",
    "comments/threads/subjects.py",
    "comments/threads/tree.py",
    "comments/moderation/rules.py",
]
NOT_PURE = ("django.db", "django.conf", "django.apps", "django.http", "django.shortcuts")


def arrows(path):
    """Yield the rooms that a file imports from."""
    for name in imports(path):
        place = ROOT.joinpath(*name.split(".")[:2])
        if name.split(".")[0] in {"reader", "comments"}:
            yield room_of(place / "models.py" if place.is_dir() else place.with_suffix(".py"))


def test_reader_never_imports_comments():
    offenders = [
        shown(path)
        for path in modules()
        if path.is_relative_to(ROOT / "reader")
        and any(name.split(".")[0] == "comments" for name in imports(path))
    ]
    assert offenders == []


def test_a_room_imports_only_the_rooms_below_it():
    strays = {
        f"{shown(path)} → {target}"
        for path in modules()
        if (room := room_of(path)) in MAY_IMPORT
        for target in arrows(path)
        if target != room and target not in MAY_IMPORT[room]
    }
    assert strays == set()


def test_every_room_has_its_arrows_written_down():
    rooms = {room_of(path) for path in modules()}
    assert rooms - set(MAY_IMPORT) - {"reader", "comments", "reader.desk"} == set()


def test_pure_modules_touch_no_database_and_no_settings():
    strays = []
    for place in PURE_MODULES:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.exists():
                strays += [f"{shown(file)} → {n}" for n in imports(file) if n.startswith(NOT_PURE)]
    assert strays == []
