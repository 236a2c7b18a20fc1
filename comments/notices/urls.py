from django.urls import path

from comments.notices import feeds, views

app_name = "notices"

urlpatterns = [
    path("account/replies/", views.reply_list, name="reply_list"),
    path("account/replies/key/", views.feed_key, name="feed_key"),
    path("account/replies/feed.<form:form>", feeds.reply_feed, name="reply_feed"),
]
