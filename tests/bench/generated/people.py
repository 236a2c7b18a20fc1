"""People with accounts: many who read, few who write most."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from reader.accounts.models import User
from tests.bench.generated.storing import Sheet, Store, moment
from tests.bench.generated.words import person_name, skewed

TABLES = [User]
DAY = 86_400


class People:
    """Numbers from 1 to `count`; whoever has a small one says and votes more."""

    def __init__(self, count: int) -> None:
        self.count = count

    def store(self, store: Store, random: Random, *, since: int, until: int) -> None:
        sheet = Sheet(User, "id", "email", "name", "password", "date_joined")
        store.write(sheet, self._rows(random, since, until))

    def _rows(self, random: Random, since: int, until: int) -> Iterator[tuple]:
        for number in range(1, self.count + 1):
            joined = since + random.random() * (until - since)
            email = f"reader{number}@mail.example"
            # Nobody can log in with this, which is no password's hash.
            yield number, email, person_name(random), "!generated", moment(joined)

    def anybody(self, random: Random) -> int:
        return 1 + skewed(random, self.count)
