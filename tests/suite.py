"""
Everything that `python3 run.py test` does: the checks, then the tests on SQLite and on PostgreSQL.

    python3 run.py test                    all of it
    python3 run.py test --full             with the counts that take longer
    python3 run.py test tests/comments -x  only these tests, on both databases, no checks

What follows `test` goes to pytest. Its own closing line stands last.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import provision
from tests.cluster import temporary_cluster

ROOT = provision.ROOT
BIN = Path(sys.executable).parent
MOST_WORKERS = 4
# A site behind HTTPS: what check --deploy wants to see.
DEPLOYED = {
    "HTTPS": "on",
    "DEBUG": "off",
    "ALLOWED_HOSTS": "news.example",
    "SECRET_KEY": "not a secret, only as long and as varied as one: 0123456789 abcdefghijklmnop",
}


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _raise_interrupt)
    signal.signal(signal.SIGHUP, _raise_interrupt)
    with tempfile.TemporaryDirectory(prefix="foldline-checks-") as data_dir:
        # Checks never touch the data of a site that runs from the same folder.
        os.environ["DATA_DIR"] = data_dir
        fonts = Path(data_dir) / "cut-fonts"
        fonts.mkdir()
        os.environ["TEST_CUT_FONTS"] = str(fonts)
        # Everything, unless the caller names tests or picks some.
        everything = set(arguments) <= {"--full"}
        failed = []
        missing = provision.provide()
        for sentence in missing:
            print(f"NOTE: {sentence}")
        if provision.IN_CI and not (provision.chromium() and provision.can_have_postgres()):
            failed.append("what CI needs and this machine does not have")
        if everything:
            failed += [name for name, command, env in checks() if not passes(name, command, env)]
        failed += run_tests(arguments)
    if failed:
        print(f"FAILED: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _raise_interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


def checks() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Name every check that is no test, its command, and what it needs in its environment."""
    python = sys.executable
    # A part that is text within a line ends without a newline, which a formatter cannot know.
    templates = [
        str(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "Root: text." not in path.read_text("utf-8").partition("\n")[0]
    ]
    manage = [python, "manage.py"]
    yield "lint", [str(BIN / "ruff"), "check", "--quiet"], {}
    yield "format", [str(BIN / "ruff"), "format", "--check", "--quiet"], {}
    yield (
        "template format",
        [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        {},
    )
    yield "types", [str(BIN / "mypy")], {}
    yield "arrows", [str(BIN / "lint-imports"), "--no-cache"], {}
    yield "migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}
    yield "deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], DEPLOYED


def passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    verdict = "FAILED" if done.returncode else "ok"
    print(f"{name:.<20} {verdict} ({time.monotonic() - start:.1f} s)", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).strip(), flush=True)
    return done.returncode == 0


def run_tests(arguments: list[str]) -> list[str]:
    """Run pytest on each database there is; return the names of those where it failed."""
    failed = []
    given = os.environ.pop("DATABASE_URL", "")
    if not pytest("SQLite", arguments, {}):
        failed.append("tests on SQLite")
    with contextlib.ExitStack() as stack:
        url = given if given.startswith("postgres") else ""
        programs = provision.postgres_bin()
        if not url and programs:
            url = stack.enter_context(temporary_cluster(programs))
        if not url:
            return failed
        if failed:
            print(f"FAILED so far: {', '.join(failed)}")
        # What asks nothing of the database has had its say.
        second = [*arguments, "-m", "not once"] if "-m" not in arguments else arguments
        if not pytest("PostgreSQL", second, {"DATABASE_URL": url}):
            failed.append("tests on PostgreSQL")
    return failed


def workers() -> int:
    """
    Say how many tests run side by side: each has a database, and many a browser, of its own.

    One more than there are processors, for much of a test in a browser is waiting.
    """
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest(database: str, arguments: list[str], env: dict[str, str]) -> bool:
    print(f"\nTests on {database}", flush=True)
    # tests/conftest.py says which files come first.
    spread = ["-n", str(workers()), "--dist", "loadfile", "--no-loadscope-reorder"]
    side_by_side = [] if "-n" in arguments else spread
    # In a group of its own, so that whatever a test left running can be ended with it.
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *side_by_side, *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
