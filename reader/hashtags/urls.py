from django.urls import path

from reader.hashtags import feeds, views

app_name = "hashtags"

urlpatterns = [
    path("hashtags/", views.hashtag_index, name="hashtag_index"),
    path("hashtags/<str:slug>/", views.hashtag_detail, name="hashtag_detail"),
    path("hashtags/<str:slug>/feed.<form:form>", feeds.hashtag_feed, name="hashtag_feed"),
]
