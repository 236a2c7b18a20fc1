from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "reader.desk"
    verbose_name = "Desk"


class AdminSiteConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "reader.desk.site.DeskSite"
