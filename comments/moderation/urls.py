from django.urls import path

from comments.moderation import views

app_name = "moderation"

urlpatterns = [
    path("comments/<id:comment_id>/pick/", views.comment_pick, name="comment_pick"),
    path("comments/<id:comment_id>/report/", views.comment_report, name="comment_report"),
]
