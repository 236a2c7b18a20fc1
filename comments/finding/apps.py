from django.apps import AppConfig
from django.db.models.signals import post_save


class FindingConfig(AppConfig):
    name = "comments.finding"
    verbose_name = "Search in comments"

    def ready(self) -> None:
        from comments.finding.services import (  # noqa: PLC0415  (models)
            follow_articles,
            follow_name,
            forget_articles,
            index_comments,
        )
        from comments.threads.rules import on_change  # noqa: PLC0415
        from reader.accounts.models import User  # noqa: PLC0415  (models)
        from reader.articles.announcements import before_deletion  # noqa: PLC0415
        from reader.articles.announcements import on_change as on_article_change  # noqa: PLC0415

        on_change(index_comments)
        on_article_change(follow_articles)
        # After the room of the threads, which takes them before anything else is written.
        before_deletion(forget_articles)
        # Names change on the account page, at the desk and in shells; Django alone sees all.
        post_save.connect(follow_name, sender=User, dispatch_uid="comments.finding.names")
