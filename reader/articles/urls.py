from django.urls import path

from reader.articles import feeds, views

app_name = "articles"

urlpatterns = [
    path("", views.front, name="front"),
    path("feed.<form:form>", feeds.front_feed, name="front_feed"),
    path("articles/<id:article_id>/", views.article_detail),
    path("articles/<id:article_id>/<words:slug>/", views.article_detail, name="article_detail"),
    path("sections/<words:slug>/", views.section_detail, name="section_detail"),
    path("sections/<words:slug>/feed.<form:form>", feeds.section_feed, name="section_feed"),
    path("publishers/", views.publisher_index, name="publisher_index"),
    path("publishers/<words:slug>/", views.publisher_detail, name="publisher_detail"),
    path("publishers/<words:slug>/feed.<form:form>", feeds.publisher_feed, name="publisher_feed"),
]
