"""Where a request comes from, when proxies may stand in between."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A household or an office has as many IPv6 addresses as it likes, all of them in one such network.
IPV6_PREFIX = 64
WITH_PORT = re.compile(r"(?:\[(?P<v6>[^\]]+)\]|(?P<v4>[0-9.]+))(?::[0-9]+)?", re.ASCII)


def client_address(request: HttpRequest) -> str:
    """
    Give the address that a request came from; empty when the server does not know it.

    `X-Forwarded-For` can be written by anybody. It is read from its end, and only as far as each
    hop was written down by one of TRUSTED_PROXIES.
    """
    address = _cleaned(request.META.get("REMOTE_ADDR", ""))
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    while hops and _is_trusted(address):
        hop = _cleaned(hops.pop())
        if not hop:
            break
        address = hop
    return address


def client_network(request: HttpRequest) -> str:
    """Give what limits count as one sender: an IPv4 address, or the network of an IPv6 one."""
    address = client_address(request)
    if ":" in address:
        return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
    return address


def _cleaned(written: str) -> str:
    """Give an address in its one form, without the port that some write behind it; else nothing."""
    match = WITH_PORT.fullmatch(written.strip())
    try:
        address = ip_address(match["v6"] or match["v4"] if match else written.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        # A zone names a cable of this machine and nobody outside.
        address = IPv6Address(int(address))
        return str(address.ipv4_mapped or address)
    return str(address)


def _is_trusted(address: str) -> bool:
    if not address:
        return False
    return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
