"""Pages on the wire: brotli for everybody, gzip with padding for whoever has a secret."""

import gzip

import brotli
import pytest

from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def address():
    return make_article("Ferry late again").get_absolute_url()


def test_a_page_for_everybody_is_packed_tighter_than_gzip(client, address):
    plain = client.get(address)
    packed = client.get(address, headers=BROWSER)
    zipped = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(packed.content) < len(zipped.content)
    for answer in (plain, packed, zipped):
        assert "Accept-Encoding" in answer["Vary"]


def test_what_holds_a_secret_is_padded_by_chance(client, address):
    client.force_login(make_user())

    answers = [client.get(address, headers=BROWSER) for _ in range(8)]

    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert all(b"csrfmiddlewaretoken" in gzip.decompress(each.content) for each in answers)
    assert len({len(answer.content) for answer in answers}) > 1


@pytest.mark.parametrize("accepts", ["", "identity", "br;q=0", "gzip;q=0, br; q=0.0", "brotli"])
def test_nobody_gets_what_they_cannot_read(client, address, accepts):
    answer = client.get(address, headers={"Accept-Encoding": accepts})

    assert answer.headers.get("Content-Encoding") != "br"


def test_a_feed_keeps_its_mark_and_is_still_recognised(client, address):
    first = client.get("/feed.atom", headers=BROWSER)
    assert first["Content-Encoding"] == "br"
    again = client.get("/feed.atom", headers={**BROWSER, "If-None-Match": first["ETag"]})

    assert first["ETag"].startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")


def test_a_few_bytes_stay_as_they_are(client):
    answer = client.get("/healthz", headers=BROWSER)

    assert not answer.has_header("Content-Encoding")
