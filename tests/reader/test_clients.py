"""Where a request comes from: what the connection says, unless a trusted proxy says more."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from reader.accounts.adapter import AccountAdapter
from reader.clients import client_address, client_network
from reader.environment import env_networks

pytestmark = pytest.mark.once

OFFICE = "198.51.100.7"


def request_from(address, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("address", "forwarded", "expected"),
    [
        (OFFICE, None, OFFICE),
        (OFFICE, "203.0.113.5", OFFICE),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        # What stands further left was written by the visitor.
        ("127.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5, 10.1.2.3", "203.0.113.5"),
        ("127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", "203.0.113.5:4711", "203.0.113.5"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "<script>, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "203.0.113.5, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("fe80::1%eth0", None, "fe80::1"),
        ("", "203.0.113.5", ""),
    ],
)
def test_only_trusted_proxies_are_believed_from_the_last_hop_on(
    settings, address, forwarded, expected
):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]

    assert client_address(request_from(address, forwarded)) == expected


def test_with_nothing_set_the_connection_alone_counts():
    assert client_address(request_from("127.0.0.1", "203.0.113.5")) == "127.0.0.1"


def test_all_addresses_of_one_household_count_as_one_sender():
    first, second = request_from("2001:db8:1:2::7"), request_from("2001:db8:1:2:ffff::9")

    assert client_network(first) == client_network(second) == "2001:db8:1:2::/64"
    assert client_network(request_from(OFFICE)) == OFFICE
    assert client_network(request_from("")) == ""


def test_logging_in_asks_the_same(settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]

    assert AccountAdapter().get_client_ip(request_from("127.0.0.1", OFFICE)) == OFFICE
    assert AccountAdapter().get_client_ip(request_from("")) == "unknown"


def test_a_list_of_proxies_holds_addresses_and_networks(monkeypatch):
    monkeypatch.setenv("PROXIES", "127.0.0.1, ::1 10.0.0.0/8")

    assert [str(network) for network in env_networks("PROXIES")] == [
        "127.0.0.1/32",
        "::1/128",
        "10.0.0.0/8",
    ]


@pytest.mark.parametrize("word", ["localhost", "10.0.0.1/8", "10.0.0.0/99", "on"])
def test_what_is_no_network_stops_the_start_with_a_sentence(monkeypatch, word):
    monkeypatch.setenv("PROXIES", word)

    with pytest.raises(ImproperlyConfigured, match=r"PROXIES has something that is no .*127\.0\."):
        env_networks("PROXIES")
