"""Letters leave by the server that EMAIL_URL names."""

import base64
import os
import re
import socketserver
import subprocess
import sys
from threading import Thread

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from reader.accounts.models import User
from reader.environment import CONSOLE, SMTP, MailServer, env_mail_server, env_sender
from tests.house.tree import ROOT

PASSWORD = "quiet broadsheet 7"


class Session(socketserver.StreamRequestHandler):
    """What a mail server says to one client; takes every letter of who knows the password."""

    def handle(self):
        letter = {"to": [], "login": None}
        self.say("220 post.example")
        for line in self.rfile:
            words = line.decode().split()
            match words[0].upper():
                case "EHLO":
                    self.say("250-post.example\r\n250 AUTH PLAIN")
                case "AUTH":
                    letter["login"] = base64.b64decode(words[2]).decode().split("\0")[1:]
                    known = letter["login"] == ["news", "p@ss/word"]
                    self.say("235 welcome" if known else "535 nobody")
                case "MAIL":
                    letter["from"] = words[1].partition(":")[2]
                    self.say("250 ok")
                case "RCPT":
                    letter["to"].append(words[1].partition(":")[2])
                    self.say(self.server.answer_to_recipients)
                case "DATA":
                    self.say("354 go on")
                    lines = iter(self.rfile.readline, b".\r\n")
                    letter["text"] = b"".join(lines).decode()
                    self.server.letters.append(letter)
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads, server.letters = True, []
        server.answer_to_recipients = "250 ok"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def use(settings, url):
    """Set Django up as reader/settings.py does from this address."""
    os.environ["EMAIL_URL"] = url
    try:
        server = env_mail_server("EMAIL_URL")
    finally:
        del os.environ["EMAIL_URL"]
    settings.EMAIL_BACKEND = server.backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.user, server.password
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = server.starts_tls, server.is_tls


def sign_up(client):
    fields = {"name": "Mara", "email": "mara@mail.example", "password1": PASSWORD}
    return client.post(reverse("account_signup"), fields, follow=True)


@pytest.mark.django_db
def test_signing_up_sends_a_letter_through_the_server(client, settings, post_office):
    settings.DEFAULT_FROM_EMAIL = "The News <news@news.example>"
    port = post_office.server_address[1]
    use(settings, f"smtp://news:p%40ss%2Fword@127.0.0.1:{port}")

    page = sign_up(client).content.decode()

    (letter,) = post_office.letters
    assert letter["login"] == ["news", "p@ss/word"]
    assert letter["from"].startswith("<news@news.example>")
    assert letter["to"] == ["<mara@mail.example>"]
    assert "From: The News <news@news.example>" in letter["text"]
    assert re.search(r"http://testserver/account/\S+", letter["text"])
    assert "A letter is on its way to mara@mail.example." in page


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["nobody answers", "refused"])
def test_a_letter_that_cannot_be_sent_is_told_and_the_account_is_there(
    client, settings, post_office, trouble, caplog
):
    port = post_office.server_address[1]
    post_office.answer_to_recipients = "550 no such mailbox"
    # Port 1 takes no letters anywhere.
    use(settings, f"smtp://127.0.0.1:{port if trouble == 'refused' else 1}")

    page = sign_up(client).content.decode()

    assert "The letter to mara@mail.example could not be sent." in page
    assert "is on its way" not in page
    assert User.objects.get().name == "Mara"
    assert "a letter could not be sent" in caplog.text
    assert post_office.letters == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", MailServer(CONSOLE)),
        ("console:", MailServer(CONSOLE)),
        ("console://", MailServer(CONSOLE)),
        ("smtp://localhost", MailServer(SMTP, "localhost", 25)),
        ("smtp://[::1]:2525/", MailServer(SMTP, "::1", 2525)),
        (
            "smtp+tls://me:a%3Ab@post.example",
            MailServer(SMTP, "post.example", 587, "me", "a:b", starts_tls=True),
        ),
        (
            "smtps://me%40x:p@post.example",
            MailServer(SMTP, "post.example", 465, "me@x", "p", is_tls=True),
        ),
    ],
)
def test_the_address_of_a_server_says_how_it_is_spoken_to(monkeypatch, url, expected):
    monkeypatch.setenv("MAIL", url)

    assert env_mail_server("MAIL") == expected


@pytest.mark.once
@pytest.mark.parametrize(
    "url",
    [
        "post.example",
        "localhost:25",
        "http://post.example",
        "smtp://",
        "smtp://:25",
        "smtp:post.example",
        "smtp://post.example:port",
        "smtp://post.example:99999",
        "smtp://post.example:0",
        "smtp://user:secret@post.example/box",
        "smtp://user:secret/word@post.example",
        "smtp://user:secret@post.example?tls=1",
        "smtp://user@post.example",
        "smtp://:secret@post.example",
        "smtp://[::1",
        "console",
    ],
)
def test_what_is_no_mail_server_stops_the_start_and_keeps_the_password(monkeypatch, url):
    monkeypatch.setenv("MAIL", url)

    with pytest.raises(ImproperlyConfigured, match=r"^MAIL (is not the address|needs a user)") as e:
        env_mail_server("MAIL")
    assert "secret" not in str(e.value)


@pytest.mark.once
@pytest.mark.parametrize("sender", ["The News", "news@", "a@b c@d", "x@y\nBcc: z@w"])
def test_a_sender_without_an_address_is_refused(monkeypatch, sender):
    monkeypatch.setenv("SENDER", sender)
    with pytest.raises(ImproperlyConfigured, match=r"^SENDER is "):
        env_sender("SENDER", "")


@pytest.mark.once
def test_the_settings_read_both(tmp_path):
    code = (
        "from reader import settings as s;"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.DEFAULT_FROM_EMAIL)"
    )
    env = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "EMAIL_URL": "smtps://post.example",
        "EMAIL_FROM": "The News <news@news.example>",
    }

    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True
    )

    assert told.stdout.strip() == "post.example 465 False True The News <news@news.example>"


@pytest.mark.once
def test_tests_write_to_nobody():
    mail.send_mail("Hello", "Words", None, ["mara@mail.example"])

    assert [letter.from_email for letter in mail.outbox] == ["Foldline <news@localhost>"]
