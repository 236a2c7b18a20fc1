from django import forms

from reader.display.choices import CHOICES, DEFAULTS

LABELS = {
    "size": "Size of the text",
    "width": "Width of the lines",
    "spacing": "Spacing",
    "face": "Typeface",
    "theme": "Colours",
}
WORDS = {
    "width": {"narrow": "Narrow", "normal": "Normal", "wide": "Wide"},
    "spacing": {"compact": "Compact", "normal": "Normal", "airy": "Airy"},
    "face": {"serif": "Serif", "sans": "Sans serif"},
    "theme": {
        "system": "As the device",
        "light": "Light",
        "dark": "Dark",
        "sepia": "Sepia",
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
            "required": "Choose one of these.",
            "invalid_choice": "Choose one of these.",
        },
    )


class DisplayForm(forms.Form):
    size = choice_field("size")
    width = choice_field("width")
    spacing = choice_field("spacing")
    face = choice_field("face")
    theme = choice_field("theme")
