from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "reader.search"
    verbose_name = "Search"

    def ready(self) -> None:
        from reader.articles.announcements import on_change  # noqa: PLC0415  (models come first)
        from reader.hashtags.announcements import on_links_change  # noqa: PLC0415
        from reader.search.services import index_articles, index_hashtags  # noqa: PLC0415

        on_change(index_articles)
        on_links_change(index_hashtags)
