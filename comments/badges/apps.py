from django.apps import AppConfig


class BadgesConfig(AppConfig):
    name = "comments.badges"
    verbose_name = "Badges"
