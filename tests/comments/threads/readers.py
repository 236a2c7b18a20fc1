"""Two readers of the same pages: one whose browser runs no scripts, one whose browser runs htmx."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client

from tests.comments.threads.pages import shown_ids, soup_of, words

HOST = "http://testserver"
# What every browser says with every post.
BROWSER = {"User-Agent": "Mozilla/5.0", "Origin": HOST, "Sec-Fetch-Site": "same-origin"}
MOST_REDIRECTS = 5


class PlainReader:
    """Follows links and sends forms; each answer is a page."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = "/"
        self.page = BeautifulSoup("", "html.parser")
        # What the last answer was, before any redirect was followed.
        self.status = 0

    # Who is reading.

    def log_in(self, user) -> None:
        self.client.force_login(user)

    def lose_session(self) -> None:
        """Let the session end while the page is open."""
        del self.client.cookies[settings.SESSION_COOKIE_NAME]

    # What they do.

    def visit(self, address: str) -> None:
        self._load("get", address, {})

    def follow(self, link: Tag) -> None:
        self._load("get", link["href"], {})

    def send(self, form: Tag, *, button: Tag | None = None, times: int = 1, **typed: str) -> None:
        """Fill a form in and send it; twice as by a double click that nothing stopped."""
        fields = fields_of(form, button) | typed
        for _ in range(times):
            self._send(form, fields)

    def _send(self, form: Tag, fields: dict[str, str]) -> None:
        self._load(form.get("method", "get"), form["action"], fields)

    # What they see.

    @property
    def thread(self) -> Tag:
        return self.page.select_one("#comments")

    @property
    def errors(self) -> list[str]:
        return [words(error) for error in self.page.select("form .error")]

    def form(self, name: str) -> Tag:
        form = self.page.find("form", id=name)
        assert form is not None, f"there is no form {name} on {self.address}"
        return form

    def link(self, within: str, starts: str) -> Tag:
        """Find a link by how its words begin, in the part of the page with this id."""
        part = self.page.find(id=within)
        found = [link for link in part.find_all("a") if words(link).startswith(starts)]
        assert len(found) == 1, f"{len(found)} links {starts!r} in {within} on {self.address}"
        return found[0]

    def reads(self) -> list[str]:
        return shown_ids(self.page)

    def _load(self, method: str, address: str, data: dict[str, str]) -> None:
        asked = urljoin(self.address, address)
        answer = self._ask(method, asked, data)
        self.status = answer.status_code
        for _ in range(MOST_REDIRECTS):
            if not answer.has_header("Location"):
                break
            asked = urljoin(asked, answer["Location"])
            answer = self._ask("get", asked, {})
            assert answer.status_code < 400, f"led to {asked}: {answer.status_code}"
        self.address = asked
        self.page = soup_of(answer)

    def _ask(self, method: str, address: str, data: dict[str, str], **headers: str) -> Any:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = {**BROWSER, "Referer": HOST + self.address, **headers}
        return getattr(self.client, method.lower())(target, data, headers=sent)


class HtmxReader(PlainReader):
    """Does the same, and puts answers where the page says: as much of htmx as is used here."""

    def follow(self, link: Tag) -> None:
        if link.has_attr("hx-get"):
            self._swap(link, "get", link["hx-get"], {})
        else:
            super().follow(link)

    def _send(self, form: Tag, fields: dict[str, str]) -> None:
        if form.has_attr("hx-post"):
            self._swap(form, "post", form["hx-post"], fields)
        else:
            super()._send(form, fields)

    def _swap(self, element: Tag, method: str, address: str, data: dict[str, str]) -> None:
        target = self._target(element)
        says = {
            "HX-Request": "true",
            "HX-Current-URL": HOST + self.address,
            "HX-Target": target.get("id", ""),
            "HX-Trigger": element.get("id", ""),
        }
        answer = self._ask(method, address, data, **{k: v for k, v in says.items() if v})
        self.status = answer.status_code
        if answer.has_header("HX-Redirect"):
            return self.visit(answer["HX-Redirect"])
        # As the meta element htmx-config has it.
        if self.status == 204 or (self.status >= 400 and self.status != 422):
            return None
        if answer.has_header("HX-Retarget"):
            target = self.page.select_one(answer["HX-Retarget"])
        how = answer.headers.get("HX-Reswap") or inherited(element, "hx-swap", "innerHTML")[1]
        return self._put(soup_of(answer), target, how.split()[0])

    def _target(self, element: Tag) -> Tag:
        holder, target = inherited(element, "hx-target", "this")
        if target == "this":
            return holder
        if target.startswith("closest "):
            wanted = target.removeprefix("closest ")
            return element if element.name == wanted else element.find_parent(wanted)
        return self.page.select_one(target)

    def _put(self, part: BeautifulSoup, target: Tag, how: str) -> None:
        for beside in part.select("[hx-swap-oob]"):
            _, _, selector = beside["hx-swap-oob"].partition(":")
            place = self.page.select_one(selector or f"[id='{beside['id']}']")
            place.clear()
            place.extend(list(beside.extract().children))
        if how == "innerHTML":
            target.clear()
            target.extend(list(part.children))
        elif how == "afterend":
            target.insert_after(*list(part.children))
        else:
            assert how == "outerHTML", how
            target.replace_with(*list(part.children))


def inherited(element: Tag, name: str, default: str) -> tuple[Tag, str]:
    """Find the nearest element that says it, as htmx does."""
    for holder in (element, *element.parents):
        if isinstance(holder, Tag) and holder.has_attr(name):
            return holder, holder[name]
    return element, default


def fields_of(form: Tag, button: Tag | None = None) -> dict[str, str]:
    """What a browser would send as the form stands, by this button."""
    fields = {}
    for field in form.select("input[name], textarea[name]"):
        if field.name == "textarea":
            # One line feed after the tag is not part of the text.
            fields[field["name"]] = field.get_text().removeprefix("\n")
        elif field.get("type") not in {"radio", "checkbox"} or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    if button is not None:
        fields[button["name"]] = button.get("value", "")
    return fields
