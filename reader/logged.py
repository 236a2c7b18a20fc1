"""Rows that are there to be read at the desk: what was decided, said or worked out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LoggedAdmin(admin.ModelAdmin):
    """A list of rows that only services write: nothing is added, changed or deleted here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
