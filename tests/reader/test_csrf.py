"""Posts of readers without a session are judged by where they come from."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from reader.csrf import REASON_FOREIGN, REASON_SILENT, reason_to_refuse

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


def post(**headers) -> HttpRequest:
    return RequestFactory().post("/", headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
        # A proxy ended TLS; the page itself was https.
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://testserver"},
        # No browser, nobody's cookies.
        {"User-Agent": "curl/8"},
        {},
    ],
)
def test_a_post_of_this_site_is_let_in(headers):
    assert reason_to_refuse(post(**headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
    ],
)
def test_a_post_from_elsewhere_is_refused(headers):
    assert reason_to_refuse(post(**headers)) == REASON_FOREIGN


def test_a_browser_that_keeps_silent_is_refused():
    assert reason_to_refuse(post(**{"User-Agent": BROWSER})) == REASON_SILENT
