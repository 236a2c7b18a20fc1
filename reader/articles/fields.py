"""What a record says, as the fields of the article it becomes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.records import (
    ID_MAX_LENGTH,
    KNOWN_FIELDS,
    URL_MAX_BYTES,
    BadRecord,
    check_storable,
    id_of_address,
    language_field,
    list_field,
    moment_field,
    record_hash,
    text_field,
)
from reader.articles.text import html_from_text, safe_html, storable, text_from_html

valid_url = URLValidator(schemes=["http", "https"])


def article_fields(record: dict[str, Any]) -> dict[str, Any]:
    """
    Map a record to fields of an article; `publisher` and `section` stay names.

    Raise BadRecord for what cannot be an article: no id and no address, no title and no text.
    """
    url = storable(text_field(record, "url", most=2000)).strip()
    record_id = storable(text_field(record, "id", most=ID_MAX_LENGTH)).strip() or id_of_address(url)
    title = " ".join(storable(text_field(record, "title", most=500)).split())
    body = storable(text_field(record, "body"))
    body_html = safe_html(storable(text_field(record, "body_html")))
    body = text_from_html(body_html) or body
    if not record_id:
        raise BadRecord("it has neither “id” nor “url”")
    if not title and not body.strip():
        raise BadRecord("it has neither “title” nor “body”")
    if url:
        try:
            valid_url(url)
        except ValidationError:
            raise BadRecord(f"“url” is not a web address: {url[:60]}") from None
        if len(url.encode()) > URL_MAX_BYTES:
            raise BadRecord(f"“url” has {len(url.encode())} bytes, {URL_MAX_BYTES} at most")
    extra = {name: value for name, value in record.items() if name not in KNOWN_FIELDS}
    check_storable(extra)
    published_at, is_date = moment_field(record, "published_at")
    now = timezone.now()
    ahead = published_at is not None and published_at > now
    return {
        "record_id": record_id,
        "publisher": storable(text_field(record, "publisher", most=200)).strip(),
        "section": storable(text_field(record, "section", most=100)).strip(),
        "title": title,
        "standfirst": storable(text_field(record, "subtitle")).strip(),
        "body_text": body,
        "body_html": body_html or html_from_text(body),
        "authors": [storable(name) for name in list_field(record, "authors")],
        "keywords": [storable(word) for word in list_field(record, "keywords")],
        "language": language_field(record, "lang"),
        "original_url": url,
        "licence": storable(text_field(record, "licence", most=500)),
        "source": storable(text_field(record, "source", most=200)),
        "record_extra": extra,
        "published_at": published_at,
        "published_is_date": is_date,
        "status": Article.Status.SCHEDULED if ahead else Article.Status.PUBLISHED,
        # Last, because it walks down into all that is checked above.
        "record_hash": record_hash(record),
    }
