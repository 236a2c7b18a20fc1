"""The one command, started for real: a copy of the tree, a data folder and a port of its own."""

import ast
import importlib.util
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.house.tree import ROOT, tracked_files

pytestmark = pytest.mark.once

OWN_VARIABLES = {"BIND", "CI", "DATABASE_URL", "DATA_DIR", "EDITOR_PASSWORD", "PORT", "RUN_WORKER"}
SECOND_START_SECONDS = 3
# The same start on a machine that is busy with other things: it takes longer, but not more work.
SECOND_START_CPU_SECONDS = 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the project beside the packages that are installed already."""
    copy = tmp_path_factory.mktemp("run") / "tree"
    for path in tracked_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (copy / ".venv").symlink_to(Path(sys.prefix))
    return copy


class Command:
    """run.py in a process, its words, and how it ended."""

    def __init__(self, tree: Path, *arguments: str, **variables: object) -> None:
        env = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
        env.update({name: str(value) for name, value in variables.items()})
        env.pop("DJANGO_SETTINGS_MODULE", None)
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, str(tree / "run.py"), *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_open(self) -> str:
        """Return the address it prints."""
        for line in self.process.stdout:
            self.said += line
            if match := re.match(r"Open (\S+)", line):
                return match[1]
        pytest.fail(f"run.py ended: {self.said}")

    def end(self) -> int:
        """Return the exit code, once it has ended by itself or by a signal."""
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode

    def descendants(self) -> list[int]:
        """List the processes it started, and theirs."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            for task in Path(f"/proc/{pid}/task").glob("*"):
                children = [int(word) for word in (task / "children").read_text().split()]
                found += children
                waiting += children
        return found


@pytest.fixture
def run(tree):
    commands = []

    def start(*arguments, **variables):
        commands.append(Command(tree, *arguments, **variables))
        return commands[-1]

    yield start
    for command in commands:
        if command.process.poll() is None:
            command.process.terminate()
            command.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def site(tree, tmp_path_factory):
    """The data folder of a site that was started once, with what that start said."""
    data_dir = tmp_path_factory.mktemp("data")
    command = Command(tree, DATA_DIR=data_dir, PORT=free_port())
    address = command.wait_until_open()
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    command.process.send_signal(signal.SIGINT)
    code = command.end()
    return {"data_dir": data_dir, "said": command.said, "page": page, "code": code}


def cpu_seconds() -> float:
    """Return what all ended child processes worked so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_the_first_start_shows_the_sample_edition_and_names_the_way_to_the_desk(site):
    assert site["page"].count("<article") >= 10
    assert re.search(r"password [a-z2-9]{4}(-[a-z2-9]{4}){3}$", site["said"], re.MULTILINE)


def test_ctrl_c_ends_it_without_a_fuss(site):
    assert site["code"] == 0
    assert "Traceback" not in site["said"]


def test_a_second_start_is_quick_and_changes_nothing(site, run):
    before = {
        path: path.read_bytes()
        for path in site["data_dir"].rglob("*")
        if path.is_file() and "sqlite3" not in path.name
    }
    start, worked = time.monotonic(), cpu_seconds()
    command = run(DATA_DIR=site["data_dir"], PORT=free_port())
    address = command.wait_until_open()
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    seconds = time.monotonic() - start
    command.process.terminate()

    assert command.end() == 0
    assert "password" not in command.said
    assert page.count("<article") == site["page"].count("<article")
    assert {path: path.read_bytes() for path in before} == before
    assert seconds < SECOND_START_SECONDS or cpu_seconds() - worked < SECOND_START_CPU_SECONDS


def test_a_stop_leaves_no_process_behind(site, run):
    command = run(DATA_DIR=site["data_dir"], PORT=free_port())
    command.wait_until_open()
    family = command.descendants()
    assert len(family) >= 3  # the server, its worker process, the task worker

    command.process.terminate()
    command.end()

    assert [pid for pid in family if is_alive(pid)] == []


def test_the_end_of_one_part_ends_the_other_and_says_so(site, run):
    command = run(DATA_DIR=site["data_dir"], PORT=free_port())
    command.wait_until_open()
    family = command.descendants()
    worker = next(pid for pid in family if b"manage.py" in command_line(pid))

    os.kill(worker, signal.SIGKILL)

    assert command.end() == 1
    assert "The worker ended by itself (exit code -9), so the site was stopped." in command.said
    assert [pid for pid in family if is_alive(pid)] == []


def test_without_a_worker_only_the_server_runs(site, run):
    command = run(DATA_DIR=site["data_dir"], PORT=free_port(), RUN_WORKER="off")
    command.wait_until_open()

    lines = [command_line(pid) for pid in command.descendants()]
    assert [line for line in lines if b"manage.py" in line] == []


def test_a_taken_port_gets_a_sentence_with_the_next_one(site, run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = run(DATA_DIR=site["data_dir"], PORT=port)

        assert command.end() == 1
    assert command.said == (
        f"Port {port} is taken, perhaps by this site itself. Stop what uses it, or choose another "
        f"port: PORT={port + 1} python3 run.py\n"
    )


def test_a_data_folder_that_cannot_be_written_gets_a_sentence(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    command = run(DATA_DIR=tmp_path / "file" / "data", PORT=free_port())

    assert command.end() == 1
    assert command.said.startswith(f"The site cannot write to {tmp_path}/file/data: ")
    assert len(command.said.splitlines()) == 1


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "http"}, "PORT is 'http'; write a number from 1 to 65535."),
        ({"RUN_WORKER": "maybe"}, "RUN_WORKER is 'maybe'; write on or off."),
        ({"BIND": "192.0.2.1"}, "Cannot listen on BIND=192.0.2.1: "),
        ({"DATABASE_URL": "mysql://a/b"}, "A setting is wrong: DATABASE_URL is not the address of"),
        ({"DATABASE_URL": "postgres://app@127.0.0.1:1/app"}, "The database does not answer: "),
        ({"COMMENT_GUESTS": "some"}, "A setting is wrong: COMMENT_GUESTS is 'some'; write one of"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_gets_a_sentence(variables, sentence, run, tmp_path):
    command = run(**{"DATA_DIR": tmp_path, "PORT": free_port(), **variables})

    assert command.end() == 1
    assert sentence in command.said
    assert "Traceback" not in command.said


def test_manage_stands_where_its_user_stands(run, tmp_path):
    command = run("manage", "diffsettings", "--output", "unified", DATA_DIR=tmp_path)

    assert command.end() == 0
    assert f"+ DATA_DIR = PosixPath('{tmp_path}')" in command.said


def test_an_unknown_word_gets_the_list_of_the_known_ones(run):
    command = run("serve")

    assert command.end() == 1
    assert "python3 run.py test" in command.said


def test_an_old_python_could_read_the_file_and_gets_a_sentence():
    source = (ROOT / "run.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)

    assert run.old_python_sentence((3, 9, 2)) == (
        "This site needs Python 3.11 or newer, and this is Python 3.9. Install a newer one (on "
        "Debian and Ubuntu: apt-get install python3.11 python3.11-venv) and start it with: "
        "python3.11 run.py"
    )
