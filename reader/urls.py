"""The map of the site. Addresses are stable; docs/decisions/ must say why one changes."""

from django.contrib import admin
from django.urls import include, path, register_converter

from reader.converters import FeedFormConverter, IdConverter, SlugConverter

register_converter(IdConverter, "id")
register_converter(SlugConverter, "words")
register_converter(FeedFormConverter, "form")

handler400 = "reader.views.bad_request"
handler403 = "reader.views.permission_denied"
handler404 = "reader.views.page_not_found"
handler500 = "reader.views.server_error"

urlpatterns = [
    # Before the articles: /articles/<id>/comments/ is no article called «comments».
    path("", include("comments.threads.urls")),
    path("", include("comments.moderation.urls")),
    path("", include("comments.notices.urls")),
    path("", include("comments.finding.urls")),
    path("", include("reader.articles.urls")),
    path("", include("reader.hashtags.urls")),
    path("", include("reader.following.urls")),
    path("", include("reader.stories.urls")),
    path("", include("reader.search.urls")),
    path("", include("reader.machines")),
    path("about/", include("reader.about.urls")),
    path("display/", include("reader.display.urls")),
    path("account/", include("reader.accounts.urls")),
    path("account/passkeys/", include("reader.accounts.passkey_urls")),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
