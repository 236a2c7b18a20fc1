"""Whether what a start made still fits its sources, so that the next need not make it again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def stamp_of(paths: Iterable[Path]) -> str:
    """Sum up files, and all files in folders, by path and content."""
    summary = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                summary.update(f"{file}\0{file.stat().st_size}\0".encode())
                summary.update(file.read_bytes())
    return summary.hexdigest()
