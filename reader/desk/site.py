"""The admin site of the desk."""

from django.conf import settings
from django.contrib.admin import AdminSite


class DeskSite(AdminSite):
    site_title = f"{settings.SITE_NAME} desk"
    site_header = f"{settings.SITE_NAME} desk"
    index_title = "The desk"
