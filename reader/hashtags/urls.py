app_name = "hashtags"

urlpatterns: list[object] = []
