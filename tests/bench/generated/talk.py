"""What people say in comments: typed words, and the HTML that the site makes of them."""

from __future__ import annotations

from functools import cache
from random import Random

from comments.threads.render import render_comment
from tests.bench.generated.words import Voice, place_name, voice

BLOCKS = 300
MARKED_SHARE = 0.12


def say(speaker: Voice, random: Random) -> tuple[str, str]:
    """
    Give typed words and their HTML: one short paragraph mostly, now and then several.

    Only the few kinds of markup are rendered; plain paragraphs need nothing but their tags.
    """
    length = 1 + int(random.random() ** 4 * 6)
    if length < 4:
        parts = [speaker.passage(random, length)]
    else:
        parts = [speaker.passage(random, 2), speaker.passage(random, length - 2)]
    html = "\n".join([f"<p>{part}</p>" for part in parts])
    if random.random() < MARKED_SHARE:
        blocks = _marked(speaker.tag)
        source, markup = blocks[int(random.random() * len(blocks))]
        return f"{source}\n\n" + "\n\n".join(parts), f"{markup}\n{html}"
    return "\n\n".join(parts), html


@cache
def _marked(tag: str) -> list[tuple[str, str]]:
    random, speaker = Random(f"talk {tag}"), voice(tag)
    sources = []
    for number in range(BLOCKS):
        said, word = speaker.sentence(random), place_name(random)
        kinds = (
            f"> {said}",
            f"*{word}*: {said}",
            f"**{word}**! {said}",
            f"[{word}](https://{word.lower()}.example/{number}) {said}",
            f"`{word}`: {said}",
            # A paragraph after a list needs words between, or it belongs to the list's rhythm.
            f"- {word}\n- {said}\n\n{word}:",
        )
        sources.append(kinds[number % len(kinds)])
    return [(source, render_comment(source)) for source in sources]
