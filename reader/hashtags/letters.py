"""Where one may enter the long list of hashtags: letters, digits, and the scripts of the world."""

from __future__ import annotations

from dataclasses import dataclass

from reader.hashtags.models import Hashtag

LATIN = "abcdefghijklmnopqrstuvwxyz"
# What is shown, the first letter as names are folded, and the end of the script.
SCRIPTS = [
    ("0–9", "0", "9"),
    ("Α–Ω", "α", "\u03ff"),
    ("А–Я", "а", "\u052f"),
    ("Ա–Ֆ", "ա", "\u0587"),
    ("ა–ჰ", "ა", "\u10ff"),
    ("א–ת", "א", "\u05ea"),
    ("ا–ي", "\u0621", "\u06ff"),
    ("अ–ह", "\u0904", "\u097f"),
    ("অ–হ", "\u0985", "\u09ff"),
    ("அ–ஹ", "\u0b85", "\u0bff"),
    ("ก–ฮ", "\u0e01", "\u0e7f"),
    ("가–힣", "\uac00", "\ud7a3"),
    ("あ–ン", "\u3041", "\u30ff"),
    ("漢字", "\u4e00", "\u9fff"),
]


@dataclass(frozen=True, slots=True)
class Letter:
    words: str
    start: str


def letters() -> list[Letter]:
    """Give the Latin letters, and of all other scripts those that a hashtag is written in."""
    starts = [start for _, start, _ in SCRIPTS]
    firsts = Hashtag.objects.first_from_each(starts)
    return [Letter(letter.upper(), letter) for letter in LATIN] + [
        Letter(words, start)
        for words, start, end in SCRIPTS
        if any(start <= first[:1] <= end for first in firsts)
    ]
