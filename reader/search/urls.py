from django.urls import path

from reader.search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search_page, name="search_page"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/feed.<form:form>", views.search_feed, name="search_feed"),
]
