from django.urls import path

from comments.threads import feeds, views

app_name = "threads"

urlpatterns = [
    path("articles/<id:article_id>/comments/", views.article_comments, name="article_comments"),
    path(
        "articles/<id:article_id>/comments/feed.<form:form>", feeds.thread_feed, name="thread_feed"
    ),
    path("articles/<id:article_id>/comments/read/", views.comments_read, name="comments_read"),
    path("articles/<id:article_id>/comments/version/", views.thread_version, name="thread_version"),
    path("articles/<id:article_id>/comments/new/", views.thread_arrivals, name="thread_arrivals"),
    path("account/guest-comments/", views.guest_comments, name="guest_comments"),
    path("comments/<id:comment_id>/", views.comment_detail, name="comment_detail"),
    path("comments/<id:comment_id>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<id:comment_id>/delete/", views.comment_delete, name="comment_delete"),
    path("comments/<id:comment_id>/restore/", views.comment_restore, name="comment_restore"),
    path("comments/<id:comment_id>/vote/", views.comment_vote, name="comment_vote"),
    path("comments/<id:comment_id>/reply/", views.comment_reply, name="comment_reply"),
    path("comments/<id:comment_id>/replies/", views.comment_replies, name="comment_replies"),
    path("comments/<id:comment_id>/history/", views.comment_history, name="comment_history"),
    path("people/<id:user_id>/<words:slug>/", views.person_detail, name="person_detail"),
]
