from django.urls import path

from reader.stories import feeds, views

app_name = "stories"

urlpatterns = [
    path("stories/<id:story_id>/", views.story_detail),
    path("stories/<id:story_id>/<words:slug>/", views.story_detail, name="story_detail"),
    path(
        "stories/<id:story_id>/<words:slug>/feed.<form:form>", feeds.story_feed, name="story_feed"
    ),
]
