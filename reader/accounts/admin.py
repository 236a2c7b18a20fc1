"""People and their roles at the desk."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse

from reader.accounts.forms import NameChecked
from reader.accounts.models import User
from reader.accounts.rights import changeable_fields, may_change_people
from reader.accounts.roles import ROLES

SUPERUSERS_ONLY = ("is_superuser", "user_permissions", "password")


class PersonCreationForm(NameChecked, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class PersonChangeForm(NameChecked, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"

    def clean_groups(self) -> list[Group]:
        """Keep the groups that whoever saves this was not offered."""
        offered = self.fields["groups"].queryset
        return [*self.cleaned_data["groups"], *self.instance.groups.exclude(pk__in=offered)]


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ("name", "email", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("-date_joined", "-id")
    show_full_result_count = False
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Roles", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    fieldsets_below_superusers = (
        (None, {"fields": ("email", "name")}),
        ("Roles", {"fields": ("is_active", "is_staff", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if request.user.is_superuser:
            return super().has_change_permission(request, obj)
        if obj is None:
            return may_change_people(request.user)
        return bool(changeable_fields(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser and super().has_add_permission(request)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self.fieldsets_below_superusers

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_readonly_fields(request, obj)
        shown = [name for _, part in self.fieldsets_below_superusers for name in part["fields"]]
        return sorted(set(shown) - changeable_fields(request.user, obj))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            # Groups that an operator made may hold more than the chief has to give.
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        if lookup.startswith(SUPERUSERS_ONLY) and not request.user.is_superuser:
            return False
        return super().lookup_allowed(lookup, value, request)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
            # Something of theirs was made meanwhile; now it is seen and goes with them.
            list(get_messages(request))  # that they are deleted was said too soon
            return super().delete_view(request, *args, **kwargs)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        try:
            super().delete_queryset(request, queryset)
        except IntegrityError:  # as above
            super().delete_queryset(request, queryset)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)
