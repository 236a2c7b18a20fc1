"""What HTTPS=on promises to browsers, and what it leaves to the operator."""

import os
import subprocess
import sys

import pytest

from tests.house.tree import ROOT
from tests.suite import DEPLOYED

pytestmark = pytest.mark.once

ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "reader.settings"
import django
django.setup()
from django.test import RequestFactory
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
request = RequestFactory().get("/", secure=True, headers={"Host": "news.example"})
answer = SecurityMiddleware(lambda request: HttpResponse())(request)
print(answer.headers.get("Strict-Transport-Security", "nothing"))
"""


def ask(*command, data_dir, **changes):
    env = {**os.environ, **DEPLOYED, "DATA_DIR": str(data_dir), **changes}
    # What only tests want.
    for name in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        env.pop(name, None)
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize(("https", "promise"), [("on", "max-age=31536000"), ("off", "nothing")])
def test_browsers_are_told_about_this_host_and_no_other(tmp_path, https, promise):
    assert ask("-c", ASK, data_dir=tmp_path, HTTPS=https).stdout.strip() == promise


def test_a_deployed_site_passes_its_own_check(tmp_path):
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    told = ask(*check, data_dir=tmp_path)

    assert told.returncode == 0, told.stderr
