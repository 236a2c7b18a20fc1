"""What a first view costs on the wire, against the budgets in budgets.json."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

BUDGETS = json.loads((Path(__file__).parent / "budgets.json").read_text())


@pytest.mark.parametrize("kind", BUDGETS["kinds"])
def test_a_first_view_keeps_its_budget(kind, browser, edition, request):
    state = request.getfixturevalue("editor_session") if kind == "account" else None
    context = browser.new_context(viewport={"width": 360, "height": 740}, storage_state=state)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    kinds, sizes = {}, {}
    devtools.on(
        "Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]})
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )

    page.goto(edition.url + edition.pages[kind])
    page.wait_for_load_state("networkidle")
    context.close()

    # A picture of the browser's own, in a field for a day, is on no wire.
    sizes = {name: size for name, size in sizes.items() if size}
    by_kind: dict[str, int] = {}
    for name, size in sizes.items():
        by_kind[kinds[name]] = by_kind.get(kinds[name], 0) + size
    spent = {
        "bytes": sum(sizes.values()),
        "requests": len(sizes),
        "script": by_kind.get("Script", 0),
        "styles": by_kind.get("Stylesheet", 0),
    }
    budget = BUDGETS["first view"]
    assert {name: spent[name] for name in budget if spent[name] > budget[name]} == {}, by_kind
    assert spent["styles"] > 0
    assert spent["script"] > 0
