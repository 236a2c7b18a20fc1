from django.apps import AppConfig

from reader.accounts.roles import AUTHOR, EDITOR, grant


class ArticlesConfig(AppConfig):
    name = "reader.articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        grant(
            AUTHOR,
            EDITOR,
            permissions=[
                "articles.add_article",
                "articles.change_article",
                "articles.view_article",
                "articles.view_publisher",
                "articles.view_section",
            ],
        )
        grant(
            EDITOR,
            permissions=[
                "articles.publish_article",
                "articles.add_publisher",
                "articles.change_publisher",
                "articles.add_section",
                "articles.change_section",
            ],
        )
