"""What is in the repository, and what is not."""

import re

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.house.tree import ROOT, shown, tracked_files

pytestmark = pytest.mark.once

PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==(?P<version>[0-9][\w.]*)"
    # Where no wheel is made for a machine, what asks for it does without.
    r"(?:; (?:platform_machine|python_version) [\w<>=. \"]+)?  # (?P<reason>\S.+)"
)
# In pieces, so that this file is not its own first find.
STRANGERS = {
    "a path of some machine": ["/" + "(?:work|home|root|Users)/[A-Za-z.]"],
    "the host of a package index": [
        "py" + r"pi\.org",
        "python" + "hosted",
        "npm" + r"js\.(?:org|com)",
        "crates" + r"\.io",
    ],
    "words about who wrote it": [
        "sub" + "agent",
        r"\bC" + r"EO\b",
        "DEVELOP" + r"ERS\.md",
        r"\bfarm" + "-[a-z]",
        r"\.lib" + "rary/",
    ],
    "work left undone": [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b"],
}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".gz", ".webp"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_has_a_reason(name):
    lines = (ROOT / name).read_text().splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in entries if not PINNED.fullmatch(line)] == []


def test_no_package_is_required_twice():
    names = []
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text().splitlines():
            if match := PINNED.fullmatch(line):
                names.append(re.sub(r"[-_.]+", "-", match["name"]).lower())
    assert sorted(names) == sorted(set(names))


def test_nothing_in_the_repository_belongs_elsewhere():
    found = []
    for path in tracked_files():
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found += [
                f"{shown(path, number)}: {what}"
                for what, patterns in STRANGERS.items()
                if any(re.search(pattern, line) for pattern in patterns)
            ]
    assert found == []


def test_the_models_have_no_change_without_a_migration():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    assert {app: [str(m) for m in migrations] for app, migrations in changes.items()} == {}
