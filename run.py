#!/usr/bin/env python3
"""
The one command. It needs nothing but Python.

    python3 run.py               start the site
    python3 run.py test          run every check and every test
    python3 run.py manage …      Django's own commands; `manage help` lists them

This file keeps to the grammar of Python 3.6, so that an old Python gets a sentence, no traceback.
"""

import ctypes
import errno
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = shutil.which("uv")  # installs in a moment what takes pip half a minute
# Below this the first comment may already fail: a database and its journal grow at once.
LEAST_FREE_BYTES = 20 * 1024 * 1024
START_SECONDS, STOP_SECONDS = 90, 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")  # as reader/environment.py
FULL_DISK = (
    "The disk that holds {} is full. Free some space, or set DATA_DIR to a folder on another disk."
)


class Refusal(Exception):
    """The command cannot go on. The message tells its user what to do."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or sent a signal that asks to end."""


def main(arguments):
    if sys.version_info < MINIMUM:
        print(old_python_sentence(sys.version_info), file=sys.stderr)
        return 1
    for signal_number in STOP_SIGNALS:
        signal.signal(signal_number, raise_stopped)
    commands = {"start": start, "manage": manage, "test": test}
    command, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    try:
        if command not in commands or (command == "start" and rest):
            raise Refusal(__doc__.strip())
        return commands[command](rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        print(FULL_DISK.format(ROOT) if full else f"The system refused: {error}.", file=sys.stderr)
        return 1
    except Stopped:
        return 130
    finally:
        Child.stop_all()


def old_python_sentence(version):
    needed = "{}.{}".format(*MINIMUM)
    return (
        f"This site needs Python {needed} or newer, and this is Python {version[0]}.{version[1]}. "
        f"Install a newer one (on Debian and Ubuntu: apt-get install python{needed} "
        f"python{needed}-venv) and start it with: python{needed} run.py"
    )


def raise_stopped(signal_number, frame):
    raise Stopped


def start(rest):
    """Bring everything up to date, then run the site and its worker until told to stop."""
    bind, port = os.environ.get("BIND") or "127.0.0.1", number("PORT", 8000, 65535)
    web_workers, run_worker = number("WEB_WORKERS", 1, 512), switch("RUN_WORKER", "on")
    check_address(bind, port)
    check_data_dir()
    install("requirements.txt")
    if Child("preparation", [str(PYTHON), "manage.py", "prepare"]).wait() != 0:
        raise Refusal("The site was not started.")

    server = [str(PYTHON), "-m", "granian", "--interface", "wsgi", "--host", bind]
    server += ["--port", str(port), "--workers", str(web_workers), "--blocking-threads", "4"]
    server += ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    server += ["--log-level", "warning", "reader.wsgi:application"]
    children = [Child("web server", server)]
    if run_worker:
        children.append(Child("worker", [str(PYTHON), "manage.py", "worker"]))
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104
    wait_for_answer(host, port, children)
    address = "http://{}:{}/".format(f"[{host}]" if ":" in host else host, port)
    print(f"\nOpen {address}   (the editors' desk: {address}admin/)\nCtrl-C stops it.", flush=True)
    try:
        while True:
            check_alive(children)
            time.sleep(0.5)
    except Stopped:
        print("\nStopping …", flush=True)
        return 0


def manage(rest):
    """Become manage.py in the site's own environment, in the folder where the user stands."""
    check_data_dir()
    install("requirements.txt")
    os.execve(str(PYTHON), [str(PYTHON), str(ROOT / "manage.py")] + rest, environment())


def test(rest):
    """Become the test run; tests/suite.py says which checks and tests it has."""
    install("requirements.txt", "requirements-dev.txt")
    os.chdir(str(ROOT))
    os.execve(str(PYTHON), [str(PYTHON), "-m", "tests.suite"] + rest, environment())


def environment():
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="reader.settings", PYTHONUNBUFFERED="1")
    if env.get("DATA_DIR"):
        env["DATA_DIR"] = os.path.abspath(os.path.expanduser(env["DATA_DIR"]))
    return env


def number(name, default, largest):
    word = os.environ.get(name) or str(default)
    if not (word.isdigit() and 1 <= int(word) <= largest):
        raise Refusal(f"{name} is {word!r}; write a number from 1 to {largest}.")
    return int(word)


def switch(name, default):
    word = (os.environ.get(name) or default).strip().lower()
    if word not in ON + OFF:
        raise Refusal(f"{name} is {word!r}; write on or off.")
    return word in ON


def check_address(bind, port):
    """Find out now, not after a minute of installing, whether the address can be had."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As the server does it: a port that merely rests after its last use is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((bind, port))
    except OSError as error:
        hint = {
            errno.EADDRINUSE: f"Port {port} is taken, perhaps by this site itself. Stop what uses "
            f"it, or choose another port: PORT={port % 65535 + 1} python3 run.py",
            errno.EACCES: f"Port {port} is reserved for the administrator. Choose one above 1023: "
            "PORT=8000 python3 run.py",
        }
        raise Refusal(hint.get(error.errno, f"Cannot listen on BIND={bind}: {error.strerror}."))


def check_data_dir():
    data_dir = Path(environment().get("DATA_DIR") or ROOT / "var")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=str(data_dir)) as probe:
            probe.write(b"x" * 4096)
        free = shutil.disk_usage(str(data_dir)).free
    except OSError as error:
        raise Refusal(
            f"The site cannot write to {data_dir}: {error.strerror}. Mend that, or set DATA_DIR to "
            "a folder where it may write."
        )
    if free < LEAST_FREE_BYTES:
        raise Refusal(FULL_DISK.format(data_dir))


def install(*names):
    """Make .venv hold what the files ask for; stamps in it tell for which texts that was done."""
    texts = {VENV / f"{name}.stamp": (ROOT / name).read_bytes() for name in names}
    wanted = {stamp: hashlib.sha256(text).hexdigest() for stamp, text in texts.items()}
    if PYTHON.exists() and all(s.exists() and s.read_text() == wanted[s] for s in wanted):
        return
    print(f"Installing the packages of {' and '.join(names)} into .venv, this once …", flush=True)
    if not (PYTHON.exists() and works([str(PYTHON), "-c", ""])):
        make_venv()
    files = [word for name in names for word in ("-r", str(ROOT / name))]
    try_each(
        [installer + files for installer in installers()],
        "The packages could not be installed:\n{}\n"
        "Check the network connection (or the proxy) and the free space, then start again.",
    )
    for stamp, digest in wanted.items():
        stamp.write_text(digest)


def make_venv():
    plain = [sys.executable, "-m", "venv", "--clear"]
    uv = [UV, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    ways = [uv] * bool(UV) + [plain + [str(VENV)]]
    if works([sys.executable, "-m", "pip"]):
        ways.append(plain + ["--without-pip", str(VENV)])
    try_each(
        ways,
        "No virtual environment could be made:\n{}\n"
        "On Debian and Ubuntu this helps: apt-get install python3-venv",
    )


def installers():
    """Name the ways to install packages, the quickest first."""
    if UV:
        yield [UV, "pip", "install", "--quiet", "--python", str(PYTHON)]
    own_pip = [str(PYTHON), "-m", "pip"]
    pip = own_pip if works(own_pip) else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    yield pip + ["install", "--quiet", "--disable-pip-version-check", "--no-input"]


def works(command):
    quiet = subprocess.DEVNULL
    return subprocess.call(command, stdin=quiet, stdout=quiet, stderr=quiet) == 0


def try_each(ways, sentence):
    """Run commands until one works, else raise Refusal with the last words of the last one."""
    for way in ways:
        with tempfile.TemporaryFile() as said:
            if Child(way[0], way, output=said).wait() == 0:
                return
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
    told = [f"  {line}" for line in lines if not line.startswith("WARNING")]
    raise Refusal(sentence.format("\n".join(told[-4:])))


class Child:
    """A process of ours, in a group of its own: Ctrl-C reaches it through us, and in order."""

    alive = []

    def __init__(self, name, command, output=None):
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=str(ROOT),
            env=dict(environment(), UV_PYTHON_DOWNLOADS="never"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output and subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self.alive.append(self)

    def wait(self):
        code = self.process.wait()
        self.forget()
        return code

    def forget(self):
        self.alive.remove(self)
        # Whatever it started and left behind goes too.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    @classmethod
    def stop_all(cls):
        for signal_number in STOP_SIGNALS:
            signal.signal(signal_number, signal.SIG_IGN)
        deadline = time.monotonic() + STOP_SECONDS
        for child in cls.alive:
            child.process.terminate()
        for child in list(cls.alive):
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
            child.forget()


def end_with_parent():
    """Ask Linux to end this process should run.py be killed outright; elsewhere do nothing."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def check_alive(children):
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise Refusal(
                f"The {child.name} ended by itself (exit code {code}), so the site was stopped. "
                "What it said last stands above."
            )


def wait_for_answer(host, port, children):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        check_alive(children)
        connection = http.client.HTTPConnection(host, port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.05)
    raise Refusal(f"The web server did not answer within {START_SECONDS} seconds.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
