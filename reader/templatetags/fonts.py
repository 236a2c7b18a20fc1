"""Fonts that a page surely needs, asked for before the stylesheet is read."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from reader.fonts import FACES, LATIN, file_name

register = template.Library()


@register.simple_tag
def font_preloads() -> SafeString:
    """Print a preload for each face of the first view."""
    return format_html_join(
        "\n    ",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((static(file_name(face, LATIN)),) for face in FACES),
    )
