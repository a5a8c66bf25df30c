"""What is wrong with a page, by the standard every page of the portal keeps.

Each check takes the parsed page and yields faults in plain words; an empty
answer is a good page. The strict client runs them all on everything a test opens,
thousands of pages a run: so libxml2 parses, and what can be asked of it in XPath is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

import html5lib
from lxml.etree import XPath
from lxml.html import HtmlElement, document_fromstring, tostring

from portal.wording.catalogue import catalogue_files, join_catalogues
from portal.wording.languages import HONG_KONG, LANGUAGES, MAINLAND, language_named

Check = Callable[[HtmlElement], Iterator[str]]

_ERROR_PREFIXES: Final = ("Error: ", "錯誤：", "错误：")
_UNLABELLED_TYPES: Final = frozenset({"hidden", "submit", "button", "image", "reset"})
_SILENT: Final = " or ".join(
    f"ancestor::{name}" for name in ("script", "style", "code", "pre", "textarea", "title", "samp")
)
_SPOKEN: Final = XPath(f"//text()[normalize-space() and not({_SILENT})]", smart_strings=False)
# Without what stands in an element that says it is in a language other than the page's.
_SPOKEN_IN_THE_PAGES_LANGUAGE: Final = XPath(
    f"{_SPOKEN.path}[not(ancestor::*[@lang!=''][not(self::html)])]", smart_strings=False
)
_HEADINGS: Final = XPath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
_POINTING: Final = XPath("//@for | //@aria-describedby | //@aria-labelledby | //@aria-controls")
_HANDLERS: Final = XPath("//@*[name()='style' or starts-with(name(), 'on')]")
_ADDRESSES: Final = XPath("//@href | //@src | //@action")
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
    page = document_fromstring(html)
    found = [fault for check in CHECKS for fault in check(page)]
    if language is not None and page.get("lang") != language:
        found.append(f"the page says lang={page.get('lang')!r}, its headers {language!r}")
    return found


def invalid_html(html: str) -> list[str]:
    """List what an HTML parser had to repair; slow, so asked once for each kind of page."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [
        f"invalid HTML at line {position[0]}: {code} {data or ''}".strip()
        for position, code, data in parser.errors
    ]


def one_heading(page: HtmlElement) -> Iterator[str]:
    headings = page.findall(".//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements instead of one"


def title_begins_with_the_heading(page: HtmlElement) -> Iterator[str]:
    title = words(page.find(".//title"))
    for prefix in _ERROR_PREFIXES:
        title = title.removeprefix(prefix)
    heading = words(page.find(".//h1"))
    if not title:
        yield "no title"
    elif not title.startswith(heading):
        yield f"the title {title!r} does not begin with the h1 {heading!r}"


def headings_do_not_skip(page: HtmlElement) -> Iterator[str]:
    depth = 0
    for heading in _HEADINGS(page):
        level = int(heading.tag[1])
        # A summary or a notice may stand before the h1.
        if depth and level > depth + 1:
            yield f"the heading {words(heading)!r} skips from h{depth} to h{level}"
        depth = max(level, 1)


def controls_are_labelled(page: HtmlElement) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if words(label)}
    for control in page.iter("input", "select", "textarea"):
        if control.get("type") in _UNLABELLED_TYPES:
            continue
        if not (control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")):
            yield f"no label for {control.get('name') or written(control)}"


def ids_are_unique_and_reached(page: HtmlElement) -> Iterator[str]:
    ids = Counter(page.xpath("//@id"))
    yield from (f"the id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for value in _POINTING(page):
        for name in value.split():
            if name not in ids:
                yield f"{value.attrname} names {name!r}, which is not on the page"
    for address in page.xpath("//a/@href[starts-with(., '#')]"):
        if len(address) > 1 and address[1:] not in ids:
            yield f"a link leads to {address}, which is not on the page"


def forms_say_where_they_go(page: HtmlElement) -> Iterator[str]:
    for form in page.iter("form"):
        if not form.get("action"):
            yield "a form without an action"
        if form.get("method", "get").lower() == "post" and not form.xpath(
            ".//input[@name='csrf_token' and @value!='']"
        ):
            yield f"the form to {form.get('action')} has no CSRF token"


def nothing_is_inline(page: HtmlElement) -> Iterator[str]:
    yield from ("a style element" for _element in page.iter("style"))
    yield from ("an inline script" for _element in page.xpath("//script[not(@src)]"))
    for value in _HANDLERS(page):
        yield f"the attribute {value.attrname} on {value.getparent().tag}"
    for address in _ADDRESSES(page):
        if address.strip().lower().startswith("javascript:"):
            yield f"a script in {address.attrname}"


def language_is_said(page: HtmlElement) -> Iterator[str]:
    if page.get("lang") not in {language.tag for language in LANGUAGES}:
        yield f"lang={page.get('lang')!r} is none of the three languages"


def everything_is_named(page: HtmlElement) -> Iterator[str]:
    for element in page.iter("a", "button"):
        if not (words(element) or element.get("aria-label")):
            yield f"a {element.tag} without words: {written(element)}"
    yield from (f"an image without alt: {image.get('src')}" for image in page.xpath("//img[not(@alt)]"))
    for drawing in page.iter("svg"):
        if not (drawing.get("aria-hidden") == "true" or drawing.get("aria-label")):
            yield "a drawing without words"


def nothing_is_left_over(page: HtmlElement) -> Iterator[str]:
    for text in one_line_each(_SPOKEN(page)):
        for pattern, name in _LEFTOVERS:
            if pattern.search(text):
                yield f"{name} in {text!r}"


def quotes_are_curly(page: HtmlElement) -> Iterator[str]:
    for text in one_line_each(_SPOKEN(page)):
        if '"' in text or "'" in text:
            yield f"a straight quote in {text!r}"


def everything_is_translated(page: HtmlElement) -> Iterator[str]:
    """On a Chinese page: no sentence of the source, and no run of English words, unless marked as English."""
    language = language_named(page.get("lang"))
    if language not in (HONG_KONG, MAINLAND):
        return
    sentences = untranslatable_when_seen(language.locale)
    for text in one_line_each(_SPOKEN_IN_THE_PAGES_LANGUAGE(page)):
        if text in sentences or _is_english(text):
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


def one_line_each(texts: Iterable[str]) -> Iterator[str]:
    """Texts as a reader meets them, each on one line."""
    return filter(None, (" ".join(text.split()) for text in texts))


def words(element: HtmlElement | None) -> str:
    """The words of an element on one line; none of an element that is not there."""
    return "" if element is None else " ".join(element.text_content().split())


def written(element: HtmlElement) -> str:
    """An element as it stands in the page."""
    return tostring(element, encoding="unicode", with_tail=False)


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
