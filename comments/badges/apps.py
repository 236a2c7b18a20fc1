from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete

from reader.accounts.roles import MODERATOR, grant


class BadgesConfig(AppConfig):
    name = "comments.badges"
    verbose_name = "Badges"

    def ready(self) -> None:
        from comments.badges.models import Badge  # noqa: PLC0415  (models)
        from comments.badges.services import (  # noqa: PLC0415  (models)
            revoke_lost_roles,
            tell_of_deleted,
        )
        from reader.accounts.models import User  # noqa: PLC0415  (models)

        grant(
            MODERATOR,
            permissions=[f"badges.{act}_badge" for act in ("add", "change", "delete", "view")],
        )
        # Roles change at the desk and in shells; Django alone sees both.
        m2m_changed.connect(
            revoke_lost_roles,
            sender=User.groups.through,
            dispatch_uid="comments.badges.lost_roles",
        )
        # A person's badges go with the account, past the services.
        post_delete.connect(
            tell_of_deleted, sender=Badge, dispatch_uid="comments.badges.deleted_badges"
        )
