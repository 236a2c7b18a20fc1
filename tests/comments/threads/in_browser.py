"""What browser tests of the thread share."""

import re

from django.conf import settings
from django.test import Client

# How often an open page asks what is new.
PAUSE = 10_000

# A page that was loaded again has lost this word.
MARK = "window.sameDocument = true"
IS_SAME = "window.sameDocument === true"
# Not what people brought about themselves: by a press, or by an answer to one that took its time.
WATCH_SHIFTS = """window.shifts = [];
let answering = false;
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!detail.requestConfig?.triggeringEvent?.isTrusted) return;
  answering = true;
  setTimeout(() => { answering = false; }, 500);
});
new PerformanceObserver((list) => window.shifts.push(
  ...list.getEntries().filter((e) => !e.hadRecentInput && !answering).map((e) => e.value)
)).observe({type: "layout-shift", buffered: true});"""
OUT_OF_DATE = "This page is out of date. Please load it again; what you wrote is kept."
FAILED = "That did not go through. Your words are still here; please try again."


def visit(page, article):
    page.goto(article.get_absolute_url())
    page.evaluate(MARK)
    return page.locator("#comments")


def sign_in(page, user, live_server):
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def focused(page):
    return page.evaluate("document.activeElement.id")


def answer_with(page, status=None, *, method="POST"):
    """Let the server fail every post, or the network when no status is given."""

    def fail(route):
        if route.request.method != method or route.request.resource_type == "document":
            route.fallback()
        elif status:
            route.fulfill(status=status, body="Broken")
        else:
            route.abort("internetdisconnected")

    page.route("**/*", fail)


def wind_clock(page):
    """Let the test move the clock of a page that is yet to be opened."""
    page.clock.install()
    # What goes through here comes from no cache, whose clock nobody winds.
    page.route("**/version/", lambda route: route.continue_())


def look_again(page):
    """Let the page ask what is new, and wait until it has an answer."""
    with page.expect_response(re.compile("/version/")):
        page.clock.fast_forward(PAUSE)
