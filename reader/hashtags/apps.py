from django.apps import AppConfig

from reader.accounts.roles import EDITOR, grant


class HashtagsConfig(AppConfig):
    name = "reader.hashtags"
    verbose_name = "Hashtags"

    def ready(self) -> None:
        # Not before the models are loaded.
        from reader.articles.announcements import on_change  # noqa: PLC0415
        from reader.articles.sample_edition import on_sample_removed  # noqa: PLC0415
        from reader.articles.subjects import find_subjects_by, name_subjects_by  # noqa: PLC0415
        from reader.hashtags import finding, services  # noqa: PLC0415
        from reader.hashtags.counts import check_hashtags  # noqa: PLC0415
        from reader.recounts import check_counts_by  # noqa: PLC0415

        name_subjects_by(finding.names_of)
        find_subjects_by(finding.pages_of)
        on_change(services.suggest_hashtags)
        check_counts_by(check_hashtags)
        on_sample_removed(lambda: {"hashtags": services.remove_unused_hashtags()})
        grant(
            EDITOR,
            permissions=[
                "hashtags.add_hashtag",
                "hashtags.change_hashtag",
                "hashtags.view_hashtag",
                "hashtags.change_articlehashtag",
                "hashtags.view_articlehashtag",
            ],
        )
