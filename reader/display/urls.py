from django.urls import path

from reader.display import views

app_name = "display"

urlpatterns = [path("", views.display_settings, name="display_settings")]
