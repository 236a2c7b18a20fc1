"""Writing alone."""

import pytest
from django.db import OperationalError, connection, transaction

from reader.turns import LOCK_TIMEOUT, take_turn

pytestmark = pytest.mark.django_db(transaction=True)


def patience():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def turn(work):
    return take_turn(work, lock=lambda: None, pauses=(), failures=(OperationalError,))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has it")
def test_how_long_to_wait_for_locks_is_as_before_after_a_turn():
    def refuse():
        raise OperationalError("somebody is in the way")

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '7s'")

        assert turn(lambda: (patience(), turn(patience), patience())) == (LOCK_TIMEOUT,) * 3
        assert patience() == "7s"
        with pytest.raises(OperationalError, match="in the way"), transaction.atomic():
            turn(refuse)
        assert patience() == "7s"
    assert turn(patience) == LOCK_TIMEOUT
    assert patience() == "0"
