"""One stylesheet and one script, joined from the small files under static/css and static/js."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from rcssmin import cssmin
from rjsmin import jsmin

from reader.fonts import font_faces

# Declares the order below to the browser.
LAYERS_FILE = "layers.css"
# The order of css/ is the order of its layers; within a layer the alphabet decides.
STYLE_LAYERS = ("reset", "tokens", "base", "layout", "components", "print")


def join_styles(folder: Path) -> str:
    """Join the stylesheets in layer order; a file outside the known layers is an error."""
    paths = [folder / LAYERS_FILE]
    for layer in STYLE_LAYERS:
        paths += sorted((folder / layer).glob("*.css"))
    strays = set(folder.rglob("*.css")) - set(paths)
    if strays:
        raise ValueError(f"{min(strays)} lies outside the layers {', '.join(STYLE_LAYERS)}.")
    return "\n".join(path.read_text("utf-8").strip() for path in paths) + "\n"


def site_styles(folder: Path) -> str:
    """What browsers load: all styles and the faces, without what only people read."""
    return cssmin(f"{join_styles(folder)}{font_faces()}")


def site_scripts(folder: Path) -> str:
    return jsmin(join_scripts(folder))


def join_scripts(folder: Path) -> str:
    """Join the behaviours; each gets a scope of its own, so that their names never meet."""
    blocks = [f"{{\n{path.read_text('utf-8').strip()}\n}}" for path in sorted(folder.glob("*.js"))]
    return "\n".join(['"use strict";', *blocks]) + "\n"


class BundleFinder(BaseFinder):
    """
    Offer the bundles to the development server, the tests and collectstatic.

    They are made anew whenever they are asked for, and written only when their text has changed.
    """

    bundles = {
        "site.css": (site_styles, "css"),
        "site.js": (site_scripts, "js"),
        # What has to run before the rest of a page is drawn; a template names it where it is due.
        "early.js": (site_scripts, "js/early"),
    }

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.sources = Path(settings.BASE_DIR) / "static"
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "bundles")

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        found = [str(self._write(path))] if path in self.bundles else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in self.bundles:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> Path:
        join, folder = self.bundles[name]
        text = join(self.sources / folder).encode()
        target = Path(self.storage.path(name))
        if not target.exists() or target.read_bytes() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several requests may write at once: the file appears whole.
            draft = target.with_name(f"{name}.{os.getpid()}.{get_ident()}")
            draft.write_bytes(text)
            draft.replace(target)
        return target
