from django.apps import AppConfig
from django.db.models.signals import post_migrate

from reader.accounts.roles import MODERATOR, grant, write_grants


class AccountsConfig(AppConfig):
    name = "reader.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        grant(MODERATOR, permissions=["accounts.view_user", "accounts.suspend_user"])
        # To the chief alone; what of a person each may change is in rights.py.
        grant(permissions=["accounts.change_user", "auth.view_group"])
        post_migrate.connect(write_grants, dispatch_uid="reader.accounts.roles")
