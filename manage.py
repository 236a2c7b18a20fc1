#!/usr/bin/env python3
"""Django's door. `python3 run.py manage …` opens it with the right environment."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 (reads all settings)
    except ImproperlyConfigured as error:
        sys.exit(f"A setting is wrong: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
