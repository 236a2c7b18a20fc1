"""Make the account that opens the desk."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reader.accounts.services import EDITOR_EMAIL, ensure_editor


class Command(BaseCommand):
    help = "Make the editor's account with EDITOR_PASSWORD or a made-up password, if there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        password = ensure_editor(password=settings.EDITOR_PASSWORD)
        if password is None:
            self.stdout.write("An account for the desk is there already.")
        elif settings.EDITOR_PASSWORD:
            self.stdout.write(f"The desk opens for {EDITOR_EMAIL} with EDITOR_PASSWORD.")
        else:
            self.stdout.write(
                f"The desk opens for {EDITOR_EMAIL} with the password {password}\n"
                "(shown this once; change it with: python3 run.py manage changepassword "
                f"{EDITOR_EMAIL})"
            )
