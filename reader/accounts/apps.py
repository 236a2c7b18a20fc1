from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "reader.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from reader.accounts.roles import write_grants  # noqa: PLC0415  (models are not loaded before)

        post_migrate.connect(write_grants, dispatch_uid="reader.accounts.roles")
