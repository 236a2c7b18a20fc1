"""Settings from environment variables: typed, with a clear error for a bad value."""

import os
import re
import secrets
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
# What stands before :// in the address of a mail server, and the port that is usual for it.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def env(name: str, default: str = "") -> str:
    """Read a setting; an empty value counts as not set."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    word = env(name).lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}; write on or off.")


def env_days(name: str) -> int:
    """Read a number of days, 0 when nothing is set."""
    raw = env(name, "0")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6):
        raise ImproperlyConfigured(f"{name} is {raw!r}; write a number of days.")
    return int(raw)


def env_choice(name: str, choices: tuple[str, ...]) -> str:
    """Read one of several words; the first is the default."""
    word = env(name, choices[0]).lower()
    if word not in choices:
        raise ImproperlyConfigured(f"{name} is {word!r}; write one of {', '.join(choices)}.")
    return word


def env_list(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas or spaces."""
    return env(name, default).replace(",", " ").split()


def env_networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Read a list of addresses and networks."""
    try:
        return [ip_network(word) for word in env_list(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} has something that is no address and no network: {error}. "
            "Write it like 127.0.0.1 10.0.0.0/8."
        )


def env_database(name: str, default: str) -> dj_database_url.DBConfig:
    """Read the address of a database: SQLite or PostgreSQL, nothing else was ever tried."""
    try:
        database = dj_database_url.parse(
            env(name, default), conn_max_age=60, conn_health_checks=True
        )
    except ValueError:
        database = {}
    if database.get("ENGINE", "").rpartition(".")[2] not in ("sqlite3", "postgresql"):
        # The address itself may hold a password and stays unsaid.
        raise ImproperlyConfigured(
            f"{name} is not the address of a database; write "
            "postgres://user:password@host:5432/name or sqlite:////path/to/file."
        )
    return database


class MailServer(NamedTuple):
    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    # Encrypted after a greeting in the clear, or from the first byte.
    starts_tls: bool = False
    is_tls: bool = False


def env_mail_server(name: str) -> MailServer:
    """Read the address of the server that takes letters; without one they are printed."""
    address = env(name, "console:")
    if address in ("console:", "console://"):
        return MailServer(CONSOLE)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    rest = parts.path.strip("/") + parts.query + parts.fragment
    if parts.scheme not in MAIL_PORTS or not host or port == 0 or rest:
        # The address itself may hold a password and stays unsaid.
        raise ImproperlyConfigured(
            f"{name} is not the address of a mail server; write smtp://host:port, "
            "smtp+tls://user:password@host:port, smtps://user:password@host:port or console: "
            "(signs such as @ and / in a password as %40 and %2F)."
        )
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"{name} needs a user and a password, or neither.")
    return MailServer(
        SMTP,
        host=host,
        port=port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def env_sender(name: str, default: str) -> str:
    """Read who letters come from: an address, with or without a name."""
    sender = env(name, default)
    address = parseaddr(sender)[1]
    if not MAIL_ADDRESS.fullmatch(address) or not sender.isprintable():
        raise ImproperlyConfigured(
            f"{name} is {sender!r}; write news@news.example or The News <news@news.example>."
        )
    return sender


def secret_from_file(path: Path) -> str:
    """
    Return the secret kept in `path`, made on first use and readable by its owner only.

    Two processes that start at once agree on one secret: the file appears whole or not at all.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its secret counts
        finally:
            draft.unlink()
        return path.read_text().strip()
