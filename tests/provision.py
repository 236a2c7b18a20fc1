"""
What the tests want from the machine: where it is, and how it comes there.

Standard library only: it runs before the rest is known to be there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "var" / "tools"
NODE_PACKAGES = ("vnu-jar@26.9.27", "lighthouse@12.8.2")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def postgres_bin() -> Path | None:
    """Find the folder with initdb and pg_ctl: on the PATH, else the newest of Debian's."""
    places = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep) if place]
    debian = Path("/usr/lib/postgresql")
    if debian.is_dir():
        versions = [place for place in debian.iterdir() if place.name.isdigit()]
        places += [
            place / "bin"
            for place in sorted(versions, key=lambda place: -int(place.name))
            if int(place.name) >= 15
        ]
    needed = ("initdb", "pg_ctl", "postgres")
    return next((p for p in places if all((p / name).exists() for name in needed)), None)


def can_have_postgres() -> bool:
    return bool(os.environ.get("DATABASE_URL", "").startswith("postgres") or postgres_bin())


def nu_checker() -> list[str] | None:
    """Return the command of the Nu HTML checker, or None where it or Java is missing."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    return [java, "-Xss2m", "-jar", str(jar)] if java and jar.exists() else None


def lighthouse() -> list[str] | None:
    """Return the command of Lighthouse, or None where it, Node or Chromium is missing."""
    script = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
    node = shutil.which("node")
    return [node, str(script)] if node and script.exists() and chromium() else None


def provide() -> list[str]:
    """Install what is missing where that is allowed; return what is missing still, in words."""
    missing = [
        package
        for package, found in (
            ("chromium", chromium()),
            ("postgresql", can_have_postgres()),
        )
        if not found
    ]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install_debian_packages(missing)
    install_node_packages()

    sentences = []
    if not chromium():
        sentences.append(
            "No Chromium, so no browser test runs. Install it: apt-get install chromium"
        )
    if not can_have_postgres():
        sentences.append(
            "No PostgreSQL 15 or newer, so tests run on SQLite only. Install it "
            "(apt-get install postgresql) or set DATABASE_URL."
        )
    if not nu_checker():
        sentences.append(
            "No Nu HTML checker, so no page is validated. It needs Node with npm, and Java "
            "(apt-get install nodejs npm default-jre-headless)."
        )
    if not lighthouse():
        sentences.append(
            "No Lighthouse, so it audits no page. It needs Node with npm, and Chromium."
        )
    return sentences


def install_debian_packages(packages: list[str]) -> None:
    print(f"Installing {' and '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            print("\n".join(done.stderr.strip().splitlines()[-3:]), file=sys.stderr)


def install_node_packages() -> None:
    npm = shutil.which("npm")
    if not npm or all(
        (TOOLS / "node_modules" / package.partition("@")[0]).exists() for package in NODE_PACKAGES
    ):
        return
    print(f"Installing {' and '.join(NODE_PACKAGES)} into var/tools …", flush=True)
    TOOLS.mkdir(parents=True, exist_ok=True)
    # Install scripts would fetch a Java and a browser; the machine's are good enough.
    command = [npm, "install", "--prefix", str(TOOLS), "--ignore-scripts", "--no-fund"]
    done = subprocess.run(
        [*command, "--no-audit", "--no-save", *NODE_PACKAGES],
        env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print("\n".join(done.stderr.strip().splitlines()[-3:]), file=sys.stderr)
