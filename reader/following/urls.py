from django.urls import path

from reader.following import views

app_name = "following"

urlpatterns = [
    path("following/", views.following_list, name="following_list"),
    path("following/<str:slug>/", views.hashtag_follow, name="hashtag_follow"),
]
