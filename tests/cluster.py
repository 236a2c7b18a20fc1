"""A PostgreSQL server for one test run: made in a moment, gone with it. Standard library only."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Nothing here outlives the run, so nothing needs to reach the disk.
SERVER_SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=120",
)
# A socket's path has 107 characters at most.
LONGEST_PARENT = 80
START_SECONDS = 60


@contextmanager
def temporary_cluster(programs: Path) -> Iterator[str]:
    """Start a server that listens on a socket only; yield its DATABASE_URL, then end it."""
    parent = tempfile.gettempdir() if len(tempfile.gettempdir()) < LONGEST_PARENT else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="foldline-pg-", dir=parent))
    data = folder / "data"
    options: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL, **_unprivileged(folder)}
    try:
        words = ["-U", "app", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            [programs / "initdb", "-D", data, *words], capture_output=True, text=True, **options
        )
        if made.returncode:
            raise OSError(f"initdb failed: {made.stderr.strip()}")
        with (folder / "log").open("w") as log:
            settings = [word for setting in SERVER_SETTINGS for word in ("-c", setting)]
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *settings],
                stdout=log,
                stderr=log,
                # A Ctrl-C in the terminal is for the test run, which then ends its server.
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **options,
            )
        try:
            _wait_until_ready(server, folder)
            yield f"postgres://app@{quote(str(folder), safe='')}/postgres"
        finally:
            # The signal that PostgreSQL calls immediate shutdown: nothing here is worth a goodbye.
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Give `folder` to somebody else and become them, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Ask Linux to end the server even when the test run is killed outright."""
    if hasattr(libc := ctypes.CDLL(None), "prctl"):
        libc.prctl(1, signal.SIGQUIT)


def _wait_until_ready(server: subprocess.Popen, folder: Path) -> None:
    note = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        # Its eighth line is the state; pg_ctl looks there, too.
        lines = note.read_text().splitlines() if note.exists() else []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return
        time.sleep(0.05)
    raise OSError(f"PostgreSQL did not start: {(folder / 'log').read_text().strip()}")
