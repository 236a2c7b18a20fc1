"""An icon that is not there leaves a gap and says nothing."""

import re

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.once


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/files/icons.svg").read_text()))
    named = {
        (path.name, name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named, "no template names an icon"
    assert {(path, name) for path, name in named if name not in drawn} == set()
