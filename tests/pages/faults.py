"""What is wrong with a page, by the standard every page of the portal keeps.

Each check takes the parsed page and yields faults in plain words; an empty
answer is a good page. The strict client runs them all on everything a test opens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment, Doctype

from portal.wording.catalogue import catalogue_files, join_catalogues
from portal.wording.languages import HONG_KONG, LANGUAGES, MAINLAND, language_named

Check = Callable[[BeautifulSoup], Iterator[str]]

_ERROR_PREFIXES: Final = ("Error: ", "錯誤：", "错误：")
_UNLABELLED_TYPES: Final = frozenset({"hidden", "submit", "button", "image", "reset"})
_SILENT: Final = frozenset({"script", "style", "code", "pre", "textarea", "title", "samp"})
_LEFTOVERS: Final = (
    (re.compile(r"^(?!None\.$).*\bNone\b(?! [a-z])"), "None"),
    (re.compile(r"\{\{|\}\}|\{%"), "template marks"),
    (re.compile(r"%\(\w+\)"), "a placeholder"),
    (re.compile(r"\bUndefined\b|<[a-z.]+ object at 0x"), "an object"),
)
_LATIN_RUN: Final = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[ ,;]+[A-Za-z][A-Za-z’'-]*)+")
_SMALL_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "or",
        "the",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "which",
        "who",
        "will",
        "with",
        "you",
        "your",
    ]
)
# Names that are written in English in every language.
ENGLISH_NAMES: Final = (
    "Hong Kong Institute for IT Professional Certification",
    "Hong Kong Monetary Authority",
    "Certified Banker",
    "Certified Professional of IT",
    "Project Director",
    "Future Banking and ESG",
    "Professional Ethics and Compliance",
    "Strategic Management and Leadership",
    "Qualification Certificate of Banking Professional",
    "Professional Certificate in Treasury Markets",
    "Twin City Bridge",
    "Associate Credit Risk Management Professional",
    "Certified Credit Risk Management Professional",
    "Certified Professional for FinTech",
    "Associate Cybersecurity Professional",
    "Certified Information Systems Security Professional",
    "Financial Risk Manager",
    "Chartered Financial Analyst",
    "Enhanced Competency Framework on Fintech",
)


def faults(html: str, *, language: str | None = None) -> list[str]:
    """List everything wrong with a page; ``language`` is the one its headers promise."""
    page = BeautifulSoup(html, "html.parser")
    found = [fault for check in CHECKS for fault in check(page)]
    if language is not None and _lang(page) != language:
        found.append(f"the page says lang={_lang(page)!r}, its headers {language!r}")
    return found


def invalid_html(html: str) -> list[str]:
    """List what an HTML parser had to repair; slow, so asked once for each kind of page."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [
        f"invalid HTML at line {position[0]}: {code} {data or ''}".strip()
        for position, code, data in parser.errors
    ]


def one_heading(page: BeautifulSoup) -> Iterator[str]:
    headings = page.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements instead of one"


def title_begins_with_the_heading(page: BeautifulSoup) -> Iterator[str]:
    title = words(page.title) if page.title else ""
    for prefix in _ERROR_PREFIXES:
        title = title.removeprefix(prefix)
    heading = words(page.h1) if page.h1 else ""
    if not title:
        yield "no title"
    elif not title.startswith(heading):
        yield f"the title {title!r} does not begin with the h1 {heading!r}"


def headings_do_not_skip(page: BeautifulSoup) -> Iterator[str]:
    depth = 0
    for heading in page.find_all(re.compile("^h[1-6]$")):
        level = int(heading.name[1])
        # A summary or a notice may stand before the h1.
        if depth and level > depth + 1:
            yield f"the heading {words(heading)!r} skips from h{depth} to h{level}"
        depth = max(level, 1)


def controls_are_labelled(page: BeautifulSoup) -> Iterator[str]:
    labelled = {label.get("for") for label in page.find_all("label") if words(label)}
    for control in page.find_all(["input", "select", "textarea"]):
        if control.get("type") in _UNLABELLED_TYPES:
            continue
        if not (control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")):
            yield f"no label for {control.get('name') or control}"


def ids_are_unique_and_reached(page: BeautifulSoup) -> Iterator[str]:
    ids = Counter(str(element["id"]) for element in page.find_all(id=True))
    yield from (f"the id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in page.find_all(True):
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for name in str(element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which is not on the page"
    for link in page.find_all("a", href=re.compile("^#.+")):
        if str(link["href"])[1:] not in ids:
            yield f"a link leads to {link['href']}, which is not on the page"


def forms_say_where_they_go(page: BeautifulSoup) -> Iterator[str]:
    for form in page.find_all("form"):
        if not form.get("action"):
            yield "a form without an action"
        if str(form.get("method", "get")).lower() == "post":
            token = form.find("input", attrs={"name": "csrf_token"})
            if not isinstance(token, Tag) or not token.get("value"):
                yield f"the form to {form.get('action')} has no CSRF token"


def nothing_is_inline(page: BeautifulSoup) -> Iterator[str]:
    yield from ("a style element" for _element in page.find_all("style"))
    yield from ("an inline script" for _element in page.find_all("script", src=False))
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"the attribute {name} on {element.name}"
            if name in ("href", "src", "action") and str(value).strip().lower().startswith("javascript:"):
                yield f"a script in {name}"


def language_is_said(page: BeautifulSoup) -> Iterator[str]:
    if _lang(page) not in {language.tag for language in LANGUAGES}:
        yield f"lang={_lang(page)!r} is none of the three languages"


def everything_is_named(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(["a", "button"]):
        if not (words(element) or element.get("aria-label")):
            yield f"a {element.name} without words: {element}"
    yield from (f"an image without alt: {image.get('src')}" for image in page.find_all("img", alt=False))
    for drawing in page.find_all("svg"):
        if not (drawing.get("aria-hidden") == "true" or drawing.get("aria-label")):
            yield "a drawing without words"


def nothing_is_left_over(page: BeautifulSoup) -> Iterator[str]:
    for text, _element in spoken(page):
        for pattern, name in _LEFTOVERS:
            if pattern.search(text):
                yield f"{name} in {text!r}"


def quotes_are_curly(page: BeautifulSoup) -> Iterator[str]:
    for text, _element in spoken(page):
        if '"' in text or "'" in text:
            yield f"a straight quote in {text!r}"


def everything_is_translated(page: BeautifulSoup) -> Iterator[str]:
    """On a Chinese page: no sentence of the source, and no run of English words, unless marked as English."""
    language = language_named(_lang(page))
    if language not in (HONG_KONG, MAINLAND):
        return
    for text, element in spoken(page):
        if _marked_otherwise(element):
            continue
        if text in untranslatable_when_seen(language.locale) or _is_english(text):
            yield f"untranslated: {text!r}"


def _is_english(text: str) -> bool:
    for name in ENGLISH_NAMES:
        text = text.replace(name, "")
    for run in _LATIN_RUN.findall(text):
        parts = re.split(r"[ ,;]+", run)
        if len(parts) > 4 or (
            len(parts) > 1 and _SMALL_WORDS.intersection(part.lower() for part in parts[1:])
        ):
            return True
    return False


@cache
def untranslatable_when_seen(locale: str) -> frozenset[str]:
    """English sentences that have another form in a language: seen there, they were not looked up."""
    language = next(language for language in LANGUAGES if language.locale == locale)
    joined = join_catalogues(catalogue_files(language), language)
    return frozenset(
        str(message.id)
        for message in joined
        if message.id and isinstance(message.id, str) and message.string != message.id
    )


def spoken(page: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Give the texts a reader meets, each with the element it stands in."""
    for node in page.find_all(string=True):
        parent = node.parent
        if isinstance(node, (Comment, Doctype)) or not isinstance(node, NavigableString):
            continue
        text = " ".join(str(node).split())
        if text and parent is not None and not _is_silent(parent):
            yield text, parent


def _is_silent(element: Tag) -> bool:
    return any(up.name in _SILENT for up in (element, *element.parents) if up is not None)


def _marked_otherwise(element: Tag) -> bool:
    """True inside an element that says it is in a language other than the page's."""
    return any(up is not None and up.name != "html" and up.get("lang") for up in (element, *element.parents))


def words(element: Tag) -> str:
    """The words of an element on one line."""
    return " ".join(element.get_text().split())


def _lang(page: BeautifulSoup) -> str | None:
    root = page.find("html")
    return str(root.get("lang")) if isinstance(root, Tag) else None


CHECKS: Final[tuple[Check, ...]] = (
    one_heading,
    title_begins_with_the_heading,
    headings_do_not_skip,
    controls_are_labelled,
    ids_are_unique_and_reached,
    forms_say_where_they_go,
    nothing_is_inline,
    language_is_said,
    everything_is_named,
    nothing_is_left_over,
    quotes_are_curly,
    everything_is_translated,
)
