"""
Where a guest's post comes from, as hashes under the site's key: addresses are told apart, not kept.

Pages carry no token and a guest's cookie comes with the answer to the first post. Until then a
browser is known by what it says of itself, for as long as a second click takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from comments.threads.guests import guest_key_of
from reader.clients import client_address, client_network

SALT = "comments.threads.senders"


@dataclass(frozen=True, slots=True)
class Sender:
    # All who share an address: a household, an office.
    address_hash: str
    # One browser there that has no guest's key yet, under one name; empty when it has one.
    stranger_hash: str = ""


def sender_of(request: HttpRequest, *, name: str = "") -> Sender:
    address_hash = _hashed("address", client_network(request))
    if guest_key_of(request):
        return Sender(address_hash)
    says = (request.headers.get("User-Agent", ""), request.headers.get("Accept-Language", ""))
    return Sender(address_hash, _hashed("stranger", client_address(request), *says, name))


def _hashed(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "replace")
    return salted_hmac(SALT, whole, algorithm="sha256").hexdigest()
