from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reader.display.choices import CHOICES, DEFAULTS
from reader.languages import LANGUAGES

LABELS = {
    "size": _("Size of the text"),
    "width": _("Width of the lines"),
    "spacing": _("Spacing"),
    "face": _("Typeface"),
    "theme": _("Colours"),
}
WORDS = {
    "width": {
        "narrow": pgettext_lazy("width of lines", "Narrow"),
        "normal": pgettext_lazy("width of lines", "Normal"),
        "wide": pgettext_lazy("width of lines", "Wide"),
    },
    "spacing": {
        "compact": pgettext_lazy("spacing", "Compact"),
        "normal": pgettext_lazy("spacing", "Normal"),
        "airy": pgettext_lazy("spacing", "Airy"),
    },
    "face": {"serif": _("Serif"), "sans": _("Sans serif")},
    "theme": {
        "system": _("As the device"),
        "light": pgettext_lazy("colours", "Light"),
        "dark": pgettext_lazy("colours", "Dark"),
        "sepia": pgettext_lazy("colours", "Sepia"),
    },
}


def options(name: str) -> list[tuple[str, str]]:
    return [(word, WORDS.get(name, {}).get(word, f"{word} %")) for word in CHOICES[name]]


def choice_field(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=LABELS[name],
        choices=options(name),
        initial=DEFAULTS[name],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("Choose one of these."),
        },
    )


class LanguageSelect(forms.Select):
    """Names of languages, each marked as what it is written in."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in dict(LANGUAGES):
            option["attrs"]["lang"] = value
        return option


class DisplayForm(forms.Form):
    size = choice_field("size")
    width = choice_field("width")
    spacing = choice_field("spacing")
    face = choice_field("face")
    theme = choice_field("theme")
    language = forms.ChoiceField(
        label=_("Language of the pages"),
        help_text=_("Articles and comments stay in their own."),
        choices=[("browser", _("As the browser asks")), *LANGUAGES],
        initial=DEFAULTS["language"],
        required=False,
        widget=LanguageSelect,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or DEFAULTS["language"]
