"""Compare every count of every thread, and those of other rooms, with a recount."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from comments.threads.services.counting import check_thread, threads_to_check
from reader.recounts import wrong_elsewhere

LIES_SHOWN = 50
THREADS_PER_WORD = 1000


class Command(BaseCommand):
    help = (
        "Compare the counts of comments, replies, votes and hashtags with a recount;"
        " exits 1 when one lies."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write what the recount gives")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        checked = wrong = elsewhere = lies_found = 0
        for article_id in threads_to_check():
            lies = check_thread(article_id, repair=repair)
            for lie in lies[: max(0, LIES_SHOWN - lies_found)]:
                self.stdout.write(str(lie))
            checked += 1
            wrong += bool(lies)
            lies_found += len(lies)
            if checked % THREADS_PER_WORD == 0:
                self.stdout.write(f"{checked} threads checked")
        for sentence in wrong_elsewhere(repair=repair):
            if lies_found < LIES_SHOWN:
                self.stdout.write(sentence)
            lies_found += 1
            elsewhere += 1
        threads = f"{checked} thread{pluralize(checked)} checked"
        if not lies_found:
            self.stdout.write(f"{threads}, every count is true.")
            return
        if lies_found > LIES_SHOWN:
            self.stdout.write(f"… and {lies_found - LIES_SHOWN} more.")
        places = f"{wrong} thread{pluralize(wrong)}"
        if elsewhere:
            places += f" and {elsewhere} elsewhere"
        if repair:
            self.stdout.write(f"{threads}, {places} repaired.")
            return
        counts = f"{lies_found} count{pluralize(lies_found, ' is,s are')} wrong"
        raise CommandError(f"{counts} in {places}; --repair mends them.")
