from django.urls import path

from comments.finding import feeds

app_name = "finding"

urlpatterns = [
    path(
        "search/comments/feed.<form:form>", feeds.comments_search_feed, name="comments_search_feed"
    ),
]
