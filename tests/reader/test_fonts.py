"""The text face: cut to what pages need, under a name of its own."""

import re
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from reader.fonts import FACES, FAMILY, FILES, LATIN, SCRIPTS, FontFinder, cut, font_faces


@pytest.fixture(scope="module")
def regular():
    return TTFont(BytesIO(cut(FACES[0], LATIN)))


def test_a_cut_face_has_the_letters_of_its_script_and_no_others(regular):
    letters = set(regular.getBestCmap())

    assert {ord(letter) for letter in "AZaz09“”‘’–—…€"} <= letters
    assert not {ord(letter) for letter in "éñЖλ"} & letters


def test_a_cut_face_bears_a_name_that_is_not_reserved(regular):
    names = {record.nameID: record.toUnicode() for record in regular["name"].names}

    assert names[1] == FAMILY
    assert "Source" not in " ".join(names[n] for n in (1, 4, 6))
    assert "SIL Open Font License" in names[13]


def test_the_two_faces_of_a_first_view_fit_in_17_kilobytes():
    assert sum(len(cut(face, LATIN)) for face in FACES) <= 17_000


def test_letters_that_would_gape_are_still_drawn_together(regular):
    pairs = regular["GPOS"].table.LookupList.Lookup[0].SubTable[0]
    kerned = {
        (left, record.SecondGlyph): record.Value1.XAdvance
        for left, right in zip(pairs.Coverage.glyphs, pairs.PairSet, strict=True)
        for record in right.PairValueRecord
    }

    assert kerned["A", "V"] < -50
    assert kerned["T", "o"] < -50
    assert ("n", "n") not in kerned
    assert min(abs(value) for value in kerned.values()) >= 20


def test_every_letter_is_in_one_script_only():
    spans = sorted(span for script in SCRIPTS for span in script.spans)

    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_every_rule_names_a_file_that_there_is(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finder = FontFinder()

    named = re.findall(r'url\("([^"]+)"\)', font_faces())

    assert named == list(FILES)
    listed = {name for name, storage in finder.list([]) if storage.size(name)}
    assert listed == {*named, "fonts/LICENSE.txt"}
    assert finder.find("fonts/../secret") == []


def test_pages_ask_for_the_first_faces_before_the_stylesheet(client, db):
    page = client.get("/").content.decode()

    preloads = re.findall(r'<link rel="preload" href="([^"]+)" as="font"', page)
    assert [p.split("/")[-1].split(".")[0] for p in preloads] == [
        "serif-regular-latin",
        "serif-semibold-latin",
    ]
    assert page.index('rel="preload"') < page.index('rel="stylesheet"')
