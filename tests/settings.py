"""The site's settings, made quick and quiet, and never on anybody's real data."""

import atexit
import mimetypes
import os
import shutil
import tempfile
from pathlib import Path

_HERE = Path(tempfile.mkdtemp(prefix="foldline-test-"))
atexit.register(shutil.rmtree, _HERE, ignore_errors=True)

# What stands in the developer's shell does not change what is tested.
for _name in (
    "ALLOWED_HOSTS",
    "COMMENTS_CLOSE_AFTER_DAYS",
    "COMMENT_GUESTS",
    "HASHTAG_SUGGESTIONS",
    "COMMENT_VOTES",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "HTTPS",
    "NOINDEX_REPUBLISHED",
    "SECRET_KEY",
    "SITE_NAME",
    "TRUSTED_PROXIES",
):
    os.environ.pop(_name, None)
os.environ["DATA_DIR"] = str(_HERE)
# Cutting the fonts takes seconds; of all that test side by side one does it (tests/suite.py).
if _fonts := os.environ.get("TEST_CUT_FONTS"):
    (_HERE / "cut-fonts").symlink_to(_fonts)
# Playwright drives the browser from an event loop in the tests' own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from reader.languages import compile_catalogues  # noqa: E402
from reader.settings import *  # noqa: E402, F403
from reader.settings import (  # noqa: E402
    DATABASES,
    LOCALE_PATHS,
    STATIC_ROOT,
    STORAGES,
    WHITENOISE_MIMETYPES,
)

compile_catalogues(LOCALE_PATHS[0])

_database = DATABASES["default"]
# A test database is dropped at the end, which an idle connection of a server thread would forbid.
_database["CONN_MAX_AGE"] = 0
_suffix = os.environ.get("TEST_DB_SUFFIX", "")
if _database["ENGINE"].endswith("sqlite3"):
    # A file and not memory: threads of the live server queue up on a file as in real life.
    _database["TEST"] = {"NAME": str(_HERE / "test.sqlite3")}
    _options = _database["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
elif _suffix:
    _database["TEST"] = {"NAME": f"test_{_database['NAME']}_{_suffix}"}

# The live server has Python's list of types, not whitenoise's.
for _ending, _type in WHITENOISE_MIMETYPES.items():
    mimetypes.add_type(_type, _ending)

# whitenoise warns about a folder that is not there; in tests the finders serve the files.
STATIC_ROOT.mkdir()
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# On only in tests that ask for it.
RATE_LIMITS = False
