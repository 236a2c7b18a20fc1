"""The site from end to end: no link leads nowhere, every page is good HTML."""

import re
import urllib.error
import urllib.request
from functools import cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.browser.checkers import nu_errors
from tests.browser.kinds import READER_KINDS

pytestmark = pytest.mark.once

# So many pages of one shape (numbers and names left out) tell of all the others.
OF_EACH_SHAPE, OF_EACH_SHAPE_FULL = 3, 40
# Has no page of its own: what is asked while one types.
PART_OF_A_PAGE = "/search/suggest"


class Crawl:
    """All that a visitor without cookies can reach by links, and what is wrong with it."""

    def __init__(self, start: str, *, of_each_shape: int) -> None:
        self.start = start
        self.of_each_shape = of_each_shape
        self.shapes: dict[str, int] = {}
        self.pages: dict[str, str] = {}
        self.troubles: list[str] = []
        self.links: list[tuple[str, str]] = []

    def run(self) -> None:
        waiting = [self.start]
        while waiting:
            address = waiting.pop()
            if address in self.pages or not self._is_wanted(address):
                continue
            self.pages[address] = html = self._get(address)
            for link in links_of(html):
                target = urljoin(address, link)
                if urlsplit(target).netloc == urlsplit(self.start).netloc:
                    self.links.append((address, target))
                    waiting.append(urldefrag(target).url)

    def broken_fragments(self) -> list[str]:
        @cache
        def ids(address: str) -> set[str]:
            soup = BeautifulSoup(self.pages[address], "html.parser")
            return {tag["id"] for tag in soup.select("[id]")}

        return [
            f"{target} from {source}"
            for source, target in self.links
            if (parts := urldefrag(target)).fragment
            and self.pages.get(parts.url)
            and unquote(parts.fragment) not in ids(parts.url)
        ]

    def _is_wanted(self, address: str) -> bool:
        shape = re.sub(r"/\d+|/[\w-]+/(?=$|feed)|=[^&]*", "/*", urlsplit(address).path)
        shape += re.sub(r"=[^&]*", "=", f"?{urlsplit(address).query}")
        self.shapes[shape] = self.shapes.get(shape, 0) + 1
        return self.shapes[shape] <= self.of_each_shape

    def _get(self, address: str) -> str:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                return answer.read().decode() if is_page else ""
        except urllib.error.HTTPError as error:
            sources = [source for source, target in self.links if urldefrag(target).url == address]
            self.troubles.append(f"{error.code} for {address} from {sources[0]}")
            return ""


def links_of(html: str) -> set[str]:
    soup = BeautifulSoup(html, "html.parser")
    found = {tag["href"] for tag in soup.select("a[href], link[href]")}
    found |= {tag["src"] for tag in soup.select("[src]")}
    found |= {tag["hx-get"] for tag in soup.select("[hx-get]")}
    return {link for link in found if not link.startswith(("mailto:", "data:"))}


@pytest.fixture(scope="module")
def crawl(edition, full) -> Crawl:
    crawl = Crawl(f"{edition.url}/", of_each_shape=OF_EACH_SHAPE_FULL if full else OF_EACH_SHAPE)
    crawl.run()
    return crawl


def test_no_link_leads_nowhere(crawl):
    assert len(crawl.pages) > 60
    assert crawl.troubles == []


def test_no_link_leads_to_a_place_that_is_not_in_its_page(crawl):
    assert any(urldefrag(target).fragment for _, target in crawl.links)
    assert crawl.broken_fragments() == []


def test_the_nu_checker_finds_neither_errors_nor_warnings(crawl, edition):
    kinds = {edition.url + edition.pages[kind] for kind in READER_KINDS}
    pages = {a: html for a, html in crawl.pages.items() if html and PART_OF_A_PAGE not in a}
    for address in kinds - pages.keys():
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                pages[address] = answer.read().decode()
        except urllib.error.HTTPError as error:
            pages[address] = error.read().decode()

    assert nu_errors(pages, warnings=True) == []
