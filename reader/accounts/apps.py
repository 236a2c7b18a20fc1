from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "reader.accounts"
    verbose_name = "Accounts"
