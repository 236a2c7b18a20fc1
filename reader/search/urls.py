from django.urls import path

from reader.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search_page, name="search_page"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/feed.<form:form>", views.search_feed, name="search_feed"),
    path("search/saved/", views.saved_searches, name="saved_searches"),
    path("search/saved/<id:saved_id>/", views.saved_search, name="saved_search"),
    path(
        "search/saved/<id:saved_id>/remove/",
        views.remove_saved_search,
        name="remove_saved_search",
    ),
]
