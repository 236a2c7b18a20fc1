"""What a display cookie may say, and what becomes of one that says something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.display.choices import (
    CHOICES,
    COOKIE_MAX_LENGTH,
    DEFAULTS,
    read_choices,
    write_choices,
)

pytestmark = pytest.mark.once

every_choice = st.fixed_dictionaries({name: st.sampled_from(CHOICES[name]) for name in CHOICES})


@given(every_choice)
def test_what_was_written_is_read_again_without_what_everybody_gets(chosen):
    written = write_choices(chosen)

    assert DEFAULTS | read_choices(written) == chosen
    assert len(written) <= COOKIE_MAX_LENGTH


def test_what_everybody_gets_needs_no_words():
    assert write_choices(DEFAULTS) == ""


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "size",
        "size-5000",
        "colour-red",
        "theme-<script>",
        'theme-dark"onload=x',
        "size-125" * 50,
        "-.-.-",
    ],
)
def test_hostile_cookies_choose_nothing(cookie):
    assert read_choices(cookie) == {}


def test_one_bad_word_does_not_spoil_the_others():
    assert read_choices("size-999.theme-dark.theme-pink") == {"theme": "dark"}


@given(st.text())
def test_whatever_a_cookie_says_only_known_words_come_out(cookie):
    for name, word in read_choices(cookie).items():
        assert word in CHOICES[name]
