"""Articles, publishers and sections at the desk. Every change goes through the services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reader.articles import services
from reader.articles.forms import ArticleForm
from reader.articles.models import Article, Publisher, Section
from reader.articles.panels import article_panels

Status = Article.Status

GATE_FIELDS = {"status", "published_at", "embargo_until"}


def may_publish(request: HttpRequest) -> bool:
    """Whether the person is an editor; an author writes drafts and no more."""
    return request.user.has_perm("articles.publish_article")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    class Media:
        js = ("desk/choosers.js",)

    form = ArticleForm
    list_display = ("headline", "publisher", "state", "listed_at", "section", "comment_count")
    list_filter = ("status", "section", ("publisher", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("publisher", "section")
    list_per_page = 50
    search_fields = ("title",)
    ordering = ("-listed_at", "-id")
    show_full_result_count = False
    autocomplete_fields = ("publisher", "section")
    actions = ("publish", "withdraw")
    readonly_fields = ("revisions", "comment_count")
    fieldsets = (
        ("Text", {"fields": ("title", "standfirst", "body_html", "drawn_from")}),
        ("State", {"fields": ("status", "published_at", "embargo_until")}),
        (
            "Origin",
            {"fields": ("publisher", "section", "authors", "language", "original_url", "keywords")},
        ),
        ("History", {"fields": ("revisions", "comment_count")}),
    )

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return list(article_panels()) if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if may_publish(request):
            return self.fieldsets
        return [(name, fields) for name, fields in self.fieldsets if name != "State"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if may_publish(request) else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request)
        if not may_publish(request):
            articles = articles.drafts_of(request.user)
        on_list = request.resolver_match and request.resolver_match.url_name.endswith("changelist")
        return articles.defer("body_html", "body_text") if on_list else articles

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        article = super().get_object(request, object_id, from_field)
        if article is not None and self._is_saving(request):
            formsets = self._create_formsets(request, article, change=True)[0]
            for formset in formsets:
                formset.prepare()
            # Held until the answer: the form looks whether it was overtaken, then services write.
            # With the articles that the panels name, in the order in which delete_articles() takes
            # them, or the two would wait for each other.
            ids = {article.pk}.union(*(formset.named_articles() for formset in formsets))
            held = Article.objects.select_for_update().filter(pk__in=ids).order_by("pk")
            article = next((row for row in held if row.pk == article.pk), None)
        return article

    def _is_saving(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return request.method == "POST" and bool(match) and match.url_name.endswith("_change")

    @admin.display(description="Headline", ordering="title")
    def headline(self, article: Article) -> str:
        return article.headline

    @admin.display(description="State", ordering="status")
    def state(self, article: Article) -> SafeString:
        words = article.get_status_display()
        if article.shown_from and article.shown_from > timezone.now():
            words = f"{words}, hidden until {timezone.localtime(article.shown_from):%d %b %H:%M}"
        return format_html(
            '<span class="desk-state desk-state--{}">{}</span>', article.status, words
        )

    @admin.display(description="Revisions")
    def revisions(self, article: Article) -> SafeString | str:
        if article.pk is None:
            return "None yet."
        rows = article.revisions.newest_first()[:20]
        lines = [
            f"{row.number}. {timezone.localtime(row.made_at):%d %b %Y %H:%M}"
            f"{f', {row.made_by}' if row.made_by else ''}"
            f"{f': {row.reason}' if row.reason else ''}"
            for row in rows
        ]
        return format_html('<div class="desk-words">{}</div>', "\n".join(lines))

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        changed = set(form.changed_data)
        if not change:
            values = {k: v for k, v in form.cleaned_data.items() if k != "drawn_from"}
            wanted = {name: values.pop(name, None) for name in GATE_FIELDS}
            saved = services.create_article(by=request.user, **values)
            if wanted["status"] in (Status.PUBLISHED, Status.SCHEDULED):
                saved = self._open_or_close(saved, wanted)
        else:
            edited = [name for name in services.EDITABLE_FIELDS if name in changed]
            values = {name: form.cleaned_data[name] for name in edited}
            saved = obj
            if values:
                saved = services.edit_article(obj, by=request.user, reason="Desk", **values)
            if changed & GATE_FIELDS:
                saved = self._open_or_close(saved, form.cleaned_data)
        # The admin goes on with its own instance: for the log, the inlines and the redirect.
        obj.__dict__.update(saved.__dict__)

    def _open_or_close(self, article: Article, wanted: dict[str, Any]) -> Article:
        if wanted["status"] == Status.WITHDRAWN:
            return services.withdraw_article(article)
        if wanted["status"] == Status.DRAFT:
            return services.unpublish_article(article)
        return services.publish_article(
            article, at=wanted["published_at"], embargo_until=wanted["embargo_until"]
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save_with_services(by=request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """
        Name the articles and count what goes with them.

        Who may delete an article deletes what hangs from it, whatever they may do to it elsewhere.
        """
        articles = list(objs)
        counts = {str(self.opts.verbose_name_plural): len(articles)}
        for link in self.opts.get_fields(include_hidden=True):
            model = link.related_model
            if link.auto_created and self.admin_site.is_registered(model):
                hanging = model._base_manager.filter(**{f"{link.field.name}__in": articles})
                counts[str(model._meta.verbose_name_plural)] = hanging.count()
        return [article.headline for article in articles], counts, set(), []

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        services.delete_articles([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        services.delete_articles(queryset)

    @admin.action(description="Publish the selected articles")
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            services.publish_article(article, embargo_until=article.embargo_until)
        self.message_user(request, f"{len(queryset)} published.", messages.SUCCESS)

    @admin.action(description="Withdraw the selected articles")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            services.withdraw_article(article)
        self.message_user(request, f"{len(queryset)} withdrawn.", messages.SUCCESS)


class NamedAdmin(admin.ModelAdmin):
    """Something with a name and an address, which stays once there is one."""

    search_fields = ("name",)
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        services.save_named(obj)


@admin.register(Publisher)
class PublisherAdmin(NamedAdmin):
    list_display = ("name", "slug", "homepage")
    ordering = ("name",)


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    list_display = ("name", "slug", "place")
    list_editable = ("place",)
    ordering = ("place", "name")
