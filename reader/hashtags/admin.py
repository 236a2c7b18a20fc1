"""Hashtags at the desk: name, describe, block and merge them; tag articles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reader.articles.panels import ArticlePanel, PanelFormSet, add_article_panel
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag, validate_name
from reader.hashtags.naming import NAME_MAX_LENGTH

State = ArticleHashtag.State


class HashtagNameField(forms.CharField):
    """A hashtag as typed, with or without the #."""

    def clean(self, value: Any) -> str:
        return super().clean((value or "").strip().lstrip("#"))


class HashtagForm(forms.ModelForm):
    name = HashtagNameField(
        max_length=NAME_MAX_LENGTH,
        validators=[validate_name],
        help_text="The old name becomes an alias, so that its address still leads here.",
    )

    class Meta:
        model = Hashtag
        fields = ("name", "description", "is_blocked")

    def clean_name(self) -> str:
        """Refuse a name that another hashtag has; an alias of this one may take its place."""
        name = self.cleaned_data["name"]
        other = Hashtag.objects.with_name(name).exclude(pk=self.instance.pk).first()
        if other is not None and other.alias_of_id != (self.instance.pk or 0):
            raise forms.ValidationError(f"There is {other} already. Merge the two instead.")
        return name


class MergeForm(forms.Form):
    into = HashtagNameField(
        label="Merge into",
        max_length=NAME_MAX_LENGTH,
        help_text="The name of a hashtag, one of these or another.",
    )

    def clean_into(self) -> Hashtag:
        name = self.cleaned_data["into"]
        target = Hashtag.objects.canonical().with_name(name).first()
        if target is None:
            raise forms.ValidationError(f"There is no hashtag #{name}.")
        return target


@admin.register(Hashtag)
class HashtagAdmin(admin.ModelAdmin):
    form = HashtagForm
    list_display = ("__str__", "article_count", "alias_of", "is_blocked")
    list_filter = ("is_blocked", ("alias_of", admin.EmptyFieldListFilter))
    list_select_related = ("alias_of",)
    list_per_page = 50
    search_fields = ("slug",)
    ordering = ("-article_count", "slug")
    show_full_result_count = False
    readonly_fields = ("article_count", "alias_of", "aliases")
    fields = ("name", "description", "is_blocked", "article_count", "alias_of", "aliases")
    actions = ("merge",)

    @admin.display(description="Aliases")
    def aliases(self, hashtag: Hashtag) -> str:
        if hashtag.pk is None:
            return "None"
        return ", ".join(str(alias) for alias in hashtag.aliases.order_by("slug")) or "None"

    def has_delete_permission(self, request: HttpRequest, obj: Hashtag | None = None) -> bool:
        # Blocking or merging keeps the address; deleting would break it.
        return False

    def save_model(self, request: HttpRequest, obj: Hashtag, form: Any, change: bool) -> None:
        wanted = form.cleaned_data
        if not change:
            made = services.create_hashtag(
                name=wanted["name"], description=wanted["description"], by=request.user
            )
            obj.__dict__.update(made.__dict__)
        else:
            if "name" in form.changed_data:
                services.rename_hashtag(obj, name=wanted["name"], by=request.user)
            if "description" in form.changed_data:
                services.describe_hashtag(obj, description=wanted["description"], by=request.user)
        if "is_blocked" in form.changed_data:
            turn = services.block_hashtag if wanted["is_blocked"] else services.unblock_hashtag
            turn(obj, by=request.user)

    @admin.action(description="Merge the selected hashtags…", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Hashtag]) -> HttpResponse | None:
        """Ask into which one, say what it would move, and do it when that is confirmed."""
        chosen = [hashtag for hashtag in queryset if hashtag.alias_of_id is None]
        if not chosen:
            self.message_user(request, "Aliases are merged already.", messages.WARNING)
            return None
        form = MergeForm(
            request.POST if "into" in request.POST else None,
            initial={"into": max(chosen, key=lambda hashtag: hashtag.article_count).name},
        )
        if form.is_valid():
            target = form.cleaned_data["into"]
            sources = [hashtag for hashtag in chosen if hashtag != target]
            if sources and "confirmed" in request.POST:
                self._merge(request, sources, target)
                return None
            plans = [(hashtag, services.plan_merge(hashtag, target)) for hashtag in sources]
            if not plans:
                form.add_error("into", f"{target} is the only one selected.")
        else:
            target, plans = None, []
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge hashtags",
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
            "target": target if plans else None,
            "plans": plans,
        }
        return TemplateResponse(request, "admin/hashtags/hashtag/merge.html", context)

    def _merge(self, request: HttpRequest, sources: list[Hashtag], target: Hashtag) -> None:
        for source in sources:
            try:
                done = services.merge_hashtags(source, target, by=request.user)
            except services.HashtagRefused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                words = f"{source} now means {target}; {done.outcome.words}."
                self.message_user(request, words, messages.SUCCESS)


class ArticleHashtagForm(forms.ModelForm):
    name = HashtagNameField(
        label="Hashtag", max_length=NAME_MAX_LENGTH, required=False, validators=[validate_name]
    )

    class Meta:
        model = ArticleHashtag
        fields = ("state",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["name"].initial = self.instance.hashtag.name
            self.fields["name"].disabled = True

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        known = Hashtag.objects.meant_by(name).first() if name else None
        if known is not None and (known.alias_of or known).is_blocked:
            raise forms.ValidationError(f"#{name} is blocked.")
        return name

    def validate_unique(self) -> None:
        """Naming a hashtag that the article has already is fine; the service knows."""


class ArticleHashtagFormSet(PanelFormSet):
    def row_name(self, row: ArticleHashtag) -> str:
        return str(row.hashtag)

    def save_row(self, form: Any, *, by: Any) -> None:
        name = form.cleaned_data.get("name")
        if form.cleaned_data.get("state") == State.REJECTED and form.instance.pk:
            services.untag_article(self.instance, hashtag=form.instance.hashtag, by=by)
        elif name:
            services.tag_article(self.instance, name=name, by=by)


class HashtagPanel(ArticlePanel):
    model = ArticleHashtag
    form = ArticleHashtagForm
    formset = ArticleHashtagFormSet
    verbose_name_plural = "Hashtags: add one, or reject one for good"
    fields = ("name", "state", "source")
    readonly_fields = ("source",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleHashtag]:
        return ArticleHashtag.objects.for_desk()


add_article_panel(HashtagPanel)
