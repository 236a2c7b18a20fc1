from django.urls import path

from reader.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search_page, name="search_page"),
    path("search/feed.atom", views.search_feed, name="search_feed"),
]
