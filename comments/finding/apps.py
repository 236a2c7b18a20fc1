from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy

from comments.finding.fitting import COMMENTS


class FindingConfig(AppConfig):
    name = "comments.finding"
    verbose_name = "Search in comments"

    def ready(self) -> None:
        from comments.finding.finding import count_comments, find_comments  # noqa: PLC0415  (models)
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
        from reader.search.tabs import Tab, register_tab  # noqa: PLC0415  (models)

        on_change(index_comments)
        on_article_change(follow_articles)
        # After the room of the threads, which takes them before anything else is written.
        before_deletion(forget_articles)
        # Names change on the account page, at the desk and in shells; Django alone sees all.
        post_save.connect(follow_name, sender=User, dispatch_uid="comments.finding.names")
        register_tab(
            Tab(
                key=COMMENTS,
                label=gettext_lazy("Comments"),
                count=count_comments,
                find=find_comments,
                results_template="finding/_comments.html",
                summary_template="finding/_summary.html",
                feed="finding:comments_search_feed",
            )
        )
