"""What axe, the Nu checker and Lighthouse say of a page."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import provision
from tests.browser.watching import CHROMIUM_FLAGS

# The checker knows HTML only, and htmx's attributes are none of it.
NU_OPTIONS = ["--format", "json", "--filterpattern", ".*Attribute “hx-.*"]


AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Now and then Chromium loses the trace of a load; then Lighthouse has seen nothing of the page.
LOST_TRACE = "Please run Lighthouse again"
LIGHTHOUSE_ATTEMPTS = 3
LIGHTHOUSE_FLAGS = ["--quiet", "--output=json", "--output-path=stdout", "--max-wait-for-load=30000"]


def axe(page, *, undecided: bool = False) -> list[str]:
    """
    Return what axe finds wrong with the page as it stands, one line for each place.

    With `undecided` also what it cannot tell and would have a person look at.
    """
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (not needed elsewhere)

    kinds = ["violations", "incomplete"] if undecided else ["violations"]
    options = {"resultTypes": kinds, "runOnly": {"type": "tag", "values": AXE_TAGS}}
    response = Axe().run(page, options=options).response
    return [
        f"{finding['id']}: {node['html']}"
        for kind in kinds
        for finding in response[kind]
        for node in finding["nodes"]
    ]


def lighthouse(
    url: str, *, desktop: bool = False, categories: str, session: Mapping | None = None
) -> tuple[dict, list[str]]:
    """
    Audit an address; return the score of each category, 0 to 100, and what cost points.

    `categories` is a list with commas, as Lighthouse takes it; `session` the storage state of
    somebody who is logged in. About ten seconds each.
    """
    command = provision.lighthouse()
    if command is None:
        pytest.skip("no Lighthouse: it needs npm and Chromium")
    chrome = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    options = [f"--only-categories={categories}", f"--chrome-flags={chrome}", *LIGHTHOUSE_FLAGS]
    if session is not None:
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in session["cookies"])
        options.append("--extra-headers=" + json.dumps({"Cookie": cookies}))
    for _ in range(LIGHTHOUSE_ATTEMPTS):
        done = subprocess.run(
            [*command, url, *options, *(["--preset=desktop"] if desktop else [])],
            env={**os.environ, "CHROME_PATH": str(provision.chromium())},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
        )
        if LOST_TRACE not in done.stderr:
            break
    if done.returncode:
        pytest.fail(f"Lighthouse did not finish: {done.stderr[-500:]}")
    report = json.loads(done.stdout)
    assert report["finalDisplayedUrl"] == url, "the page sent the visitor on"
    scores = {name: round(100 * each["score"]) for name, each in report["categories"].items()}
    costly = [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for category in report["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"] and (audit := report["audits"][ref["id"]])["score"] not in {None, 1}
    ]
    return scores, costly


def nu_errors(pages: str | Mapping[str, str], *, warnings: bool = False) -> list[str]:
    """
    Return the errors the Nu HTML checker finds in one page or in several by name; `warnings`, too.

    Starting it takes a second, so give it many pages at once.
    """
    command = provision.nu_checker()
    if command is None:
        pytest.skip("no Nu HTML checker: it needs npm and Java")
    pages = {"page": pages} if isinstance(pages, str) else pages
    quiet = [] if warnings else ["--errors-only"]
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            names[f"file:{path}"] = name
        done = subprocess.run(
            [*command, *NU_OPTIONS, *quiet, *map(_path_of, names)],
            capture_output=True,
            text=True,
            timeout=120,
        )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{names.get(message.get('url'), '')}: line {message.get('lastLine')}: {message['message']}"
        for message in messages
    ]


def _path_of(uri: str) -> str:
    return uri.removeprefix("file:")
