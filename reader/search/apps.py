from django.apps import AppConfig

from reader.schedule import every


class SearchConfig(AppConfig):
    name = "reader.search"
    verbose_name = "Search"

    def ready(self) -> None:
        # Not before the models are loaded.
        from reader.accounts.panels import add_panel  # noqa: PLC0415
        from reader.articles.announcements import after_import, on_change  # noqa: PLC0415
        from reader.hashtags.announcements import on_links_change  # noqa: PLC0415
        from reader.search import vocabulary  # noqa: PLC0415
        from reader.search.panels import saved_panel  # noqa: PLC0415
        from reader.search.services import index_articles, index_hashtags  # noqa: PLC0415

        on_change(index_articles)
        on_links_change(index_hashtags)
        on_change(vocabulary.note_changes)
        after_import("words", vocabulary.count_all_words)
        # Nobody needs words to be counted by the second.
        every(5, "count words", vocabulary.count_some_words)
        add_panel(saved_panel)
