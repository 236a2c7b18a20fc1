from django.apps import AppConfig


class AboutConfig(AppConfig):
    name = "reader.about"
    verbose_name = "About the site"
