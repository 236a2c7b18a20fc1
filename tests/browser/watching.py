"""Pages of a browser and what goes wrong in them."""

from urllib.parse import urlsplit

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
# Chromium says this of every answer from 400 on; _answered() judges those by what was asked.
ECHO_OF_STATUS = "Failed to load resource"
# Chromium gives up a view transition when the next page is there before its stylesheet: no script's
# doing, it happens with scripts switched off.
TRANSITION_DROPPED = "Transition was "
# A page or a form's answer may well be 404 or 422. A stylesheet or picture may not.
MAY_BE_REFUSED = {"document", "fetch", "xhr"}
# In milliseconds: a busy machine is slow, not broken.
PATIENCE = 30_000


class WatchedPages:
    """Pages of one test and what went wrong in them."""

    def __init__(self, browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.contexts: list = []
        self.troubles: list[str] = []

    def open(self, **options):
        options = {"viewport": DESKTOP, "base_url": self.base_url, **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("page", self._watch)
        return context.new_page()

    def close(self) -> list[str]:
        for context in self.contexts:
            context.close()
        return self.troubles

    def _watch(self, page) -> None:
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _failed(self, error) -> None:
        if not str(error).startswith(TRANSITION_DROPPED):
            self.troubles.append(f"script error: {error}")

    def _said(self, message) -> None:
        # Violations of the content security policy arrive here, too.
        if message.type == "error" and not message.text.startswith(ECHO_OF_STATUS):
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request) -> None:
        parts = urlsplit(request.url)
        over_network = parts.scheme in {"http", "https", "ws", "wss"}
        if over_network and parts.netloc != urlsplit(self.base_url).netloc:
            self.troubles.append(f"asked another host: {request.url}")

    def _answered(self, response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind not in MAY_BE_REFUSED):
            self.troubles.append(f"{response.status} for the {kind} {response.url}")
