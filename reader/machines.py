app_name = "machines"

urlpatterns: list[object] = []
