from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "reader.articles"
    verbose_name = "Articles"
