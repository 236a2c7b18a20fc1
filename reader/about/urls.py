from django.urls import path

from reader.about import views

app_name = "about"

urlpatterns = [
    path("", views.about_site, name="about_site"),
    path("privacy/", views.privacy, name="privacy"),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("style/", views.style, name="style"),
]
