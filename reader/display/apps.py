from django.apps import AppConfig


class DisplayConfig(AppConfig):
    name = "reader.display"
    verbose_name = "Display"
