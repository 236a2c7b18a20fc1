"""
Pictures of every kind of page for a person to look at: `python -m tests.browser.screens [KIND…]`.

They are written to var/screens/, at four widths, light and dark.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import provision
from tests.browser.edition import EDITOR, PASSWORD, make_edition, running_edition
from tests.browser.kinds import KINDS
from tests.browser.watching import CHROMIUM_FLAGS

PLACE = provision.ROOT / "var" / "screens"
WIDTHS = (360, 768, 1280, 1680)


def main(kinds: list[str]) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="foldline-screens-")))
        make_edition(folder)
        edition = stack.enter_context(running_edition(folder))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=provision.chromium(), args=CHROMIUM_FLAGS
        )
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                screen = {"width": width, "height": 900}
                visitor = browser.new_context(
                    base_url=edition.url, color_scheme=scheme, viewport=screen
                )
                editor = browser.new_context(
                    base_url=edition.url, color_scheme=scheme, viewport=screen
                )
                log_in(editor.new_page())
                for kind in kinds:
                    is_own = kind.startswith(("account", "desk"))
                    page = (editor if is_own else visitor).new_page()
                    page.goto(edition.pages[kind])
                    page.wait_for_load_state("networkidle")
                    name = kind.replace(":", "").replace(" ", "-")
                    page.screenshot(path=PLACE / f"{name}-{width}-{scheme}.png")
                    page.close()
        print(f"{len(kinds) * len(WIDTHS) * 2} pictures are in {PLACE}")


def log_in(page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EDITOR)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


if __name__ == "__main__":
    main(sys.argv[1:] or list(KINDS))
