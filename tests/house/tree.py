"""The project's files, as the house rules look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSES = ("reader", "comments")
# What a folder may hold that is not the project's.
FOREIGN = {".git", ".venv", "var", "__pycache__"}


def modules() -> list[Path]:
    """List every Python file of the site, migrations left out: Django writes those."""
    return sorted(
        path
        for house in HOUSES
        for path in (ROOT / house).rglob("*.py")
        if "migrations" not in path.parts
    )


def room_of(path: Path) -> str:
    """Name the room a file stands in; `reader` itself is where shared things stand."""
    parts = path.relative_to(ROOT).parts
    is_room = len(parts) > 2 and (ROOT / parts[0] / parts[1] / "migrations").is_dir()
    return ".".join(parts[:2]) if is_room else parts[0]


def views() -> list[Path]:
    return [path for path in modules() if path.stem == "views" or path.parent.name == "views"]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the absolute names a file imports, wherever the import stands."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def tracked_files() -> list[Path]:
    """List what git knows or would take, or every file where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = [
            path for path in ROOT.rglob("*") if not FOREIGN & set(path.relative_to(ROOT).parts)
        ]
    else:
        found = [ROOT / name for name in done.stdout.split("\0") if name]
    return sorted(path for path in found if path.is_file())


def shown(path: Path, line: int | None = None) -> str:
    place = str(path.relative_to(ROOT))
    return f"{place}:{line}" if line else place
