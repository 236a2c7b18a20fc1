"""Pages that follow a key instead of counting rows: the last costs no more than the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)

NEWEST_FIRST = ("-listed_at", "-id")
CURSOR_MAX_LENGTH = 200
# SQLite joins 500 at most.
PARTS_A_STATEMENT = 200


class BadCursor(ValueError):
    """The `after` of an address was not made by this site."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    items: list[Row]
    # What the next page's address carries as `after`; None on the last page.
    next_cursor: str | None


def keyset_page(
    queryset: models.QuerySet[Row],
    *,
    after: str | None,
    fields: Sequence[str] = NEWEST_FIRST,
    size: int = 30,
) -> Page[Row]:
    """
    Order by `fields` and return the page that follows the cursor, in one query.

    All fields must descend or all ascend, and the last must be unique, so that no row is shown
    twice or lost. Raise BadCursor when `after` is not one of ours.
    """
    return _page(list(_following(queryset, after, fields)[: size + 1]), fields, size)


def merged_page(
    queryset: models.QuerySet[models.Model],
    *,
    under: tuple[str, Sequence[int]],
    rows: models.QuerySet[Row],
    after: str | None,
    fields: Sequence[str] = NEWEST_FIRST,
    size: int = 30,
    key: str = "pk",
    row_fields: Sequence[str] = (),
) -> Page[Row]:
    """
    Return the page of the rows whose foreign key `under[0]` is one of `under[1]`, in two queries.

    For each key one index is walked and the walks are merged, which no planner does for «one of
    these». `rows` loads what was found by its `key`, once each, with all that is to be shown; when
    that is another model, `row_fields` says what the `fields` are called there.
    """
    found = merged_keys(queryset, under=under, after=after, fields=fields, count=size + 1, key=key)
    fields = row_fields or fields
    return _page(list(rows.filter(pk__in=found).order_by(*fields)), fields, size)


def merged_keys(
    queryset: models.QuerySet[models.Model],
    *,
    under: tuple[str, Sequence[int]],
    after: str | None,
    fields: Sequence[str],
    count: int,
    key: str = "pk",
    each: int = 0,
) -> list[Any]:
    """
    Give the keys of the first rows of merged_page() in order; in one query for 200 keys.

    With `each` no key of `under` gives more than so many: a sample where there are many.
    """
    names = [field.removeprefix("-") for field in fields]
    columns = list(dict.fromkeys([key, *names]))
    name, values = under
    if not values:
        return []
    # Composed once: what differs is one parameter, and no other is negative.
    one = _following(queryset.filter(**{name: -1}), after, fields)
    sql, given = one.values_list(*columns)[: each or count].query.sql_with_params()
    order = [columns.index(name) for name in names]
    is_falling = fields[0].startswith("-")
    found: set[tuple[Any, ...]] = set()
    for start in range(0, len(values), PARTS_A_STATEMENT):
        some = values[start : start + PARTS_A_STATEMENT]
        found.update(_merged(sql, given, some, order, is_falling, count))
    ordered = sorted(found, key=lambda row: [row[n] for n in order], reverse=is_falling)
    return [row[0] for row in ordered[:count]]


def _merged(
    sql: str,
    given: Sequence[Any],
    values: Sequence[int],
    order: Sequence[int],
    is_falling: bool,
    count: int,
) -> list[tuple[Any, ...]]:
    columns = ", ".join(f"{n + 1}{' DESC' if is_falling else ''}" for n in order)
    if connection.vendor == "postgresql":
        # One walk that is planned once and taken for each: it plans every part of a union anew.
        at = given.index(-1)
        pieces = sql.split("%s")
        one = "%s".join(pieces[: at + 1]) + "walked.key" + "%s".join(pieces[at + 1 :])
        keys = "unnest(%s::bigint[]) AS walked (key)"
        walks = f"SELECT DISTINCT part.* FROM {keys}, LATERAL ({one}) AS part"  # noqa: S608
        params = [list(values), *given[:at], *given[at + 1 :]]
    else:
        walks = " UNION ".join(f"SELECT * FROM ({sql}) AS part_{n}" for n, _ in enumerate(values))  # noqa: S608
        params = [value if each == -1 else each for value in values for each in given]
    with connection.cursor() as cursor:
        cursor.execute(f"{walks} ORDER BY {columns} LIMIT {count}", params)
        return cursor.fetchall()


def _following(
    queryset: models.QuerySet[Row], after: str | None, fields: Sequence[str]
) -> models.QuerySet[Row]:
    queryset = queryset.order_by(*fields)
    if not after:
        return queryset
    try:
        return queryset.filter(_beyond(fields, _read_cursor(after, len(fields))))
    except TypeError as error:  # a number where a moment belongs, or the other way round
        raise BadCursor(str(error)) from error


def _page(items: list[Row], fields: Sequence[str], size: int) -> Page[Row]:
    more = len(items) > size
    items = items[:size]
    return Page(items, _write_cursor(items[-1], fields) if more else None)


def _beyond(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """
    Say «after these values» in a form both planners can walk an index with.

    The leading range on the first field is implied by the rest; the index scan starts there.
    """
    names = [field.removeprefix("-") for field in fields]
    step = "lt" if fields[0].startswith("-") else "gt"
    beyond = Q(**{f"{names[-1]}__{step}": values[-1]})
    for name, value in zip(reversed(names[:-1]), reversed(values[:-1]), strict=True):
        beyond = Q(**{f"{name}__{step}": value}) | (Q(**{name: value}) & beyond)
    return Q(**{f"{names[0]}__{step}e": values[0]}) & beyond if len(names) > 1 else beyond


def _write_cursor(row: models.Model, fields: Sequence[str]) -> str:
    values = [getattr(row, field.removeprefix("-")) for field in fields]
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    packed = json.dumps(plain, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _read_cursor(cursor: str, length: int) -> list[Any]:
    try:
        if len(cursor) > CURSOR_MAX_LENGTH:
            raise ValueError("too long")
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        plain = json.loads(packed)
        if not isinstance(plain, list) or len(plain) != length:
            raise ValueError("wrong shape")
        return [_read_value(value) for value in plain]
    except (ValueError, OverflowError, binascii.Error, RecursionError) as error:
        raise BadCursor(str(error)) from error


def _read_value(value: Any) -> Any:
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return moment.astimezone(UTC)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    raise ValueError("neither a moment nor a number")
