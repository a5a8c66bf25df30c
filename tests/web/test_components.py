"""Every component draws what GOV.UK Frontend's own fixtures expect, element by element."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from flask import Flask, get_template_attribute

from tests.web.components_proven import FILES, Adapter
from tests.web.small_app import small_app

FIXTURES = Path(__file__).parent / "fixtures"
# What the portal words itself, for readers of three languages.
_OWN_WORDS = "data-i18n."


def outline(html: str) -> list[Any]:
    """Reduce HTML to its elements, attributes and words, whatever its spacing."""
    return [part for child in BeautifulSoup(html, "html.parser").children for part in _part(child)]


def _part(node: Any) -> Iterator[Any]:
    if isinstance(node, Tag):
        attributes = {
            name: sorted(value) if isinstance(value, list) else " ".join(str(value).split())
            for name, value in node.attrs.items()
            if not name.startswith(_OWN_WORDS)
        }
        yield (node.name, attributes, [part for child in node.children for part in _part(child)])
    elif isinstance(node, NavigableString) and node.strip():
        yield " ".join(str(node).split())


def _cases() -> Iterator[Any]:
    for template, adapters in FILES.values():
        for component, adapter in adapters.items():
            fixtures = json.loads((FIXTURES / f"{component}.json").read_text(encoding="utf-8"))
            for fixture in fixtures:
                yield pytest.param(
                    template, component, adapter, fixture, id=f"{component}: {fixture['name']}"
                )


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def drawn(app: Flask, template: str, component: str, adapter: Adapter, options: Any) -> str:
    with app.test_request_context("/"):
        positional, named = adapter(options)
        macro = get_template_attribute(template, component.replace("-", "_"))
        return str(macro(*positional, **named))


@pytest.mark.parametrize(("template", "component", "adapter", "fixture"), list(_cases()))
def test_a_component_draws_what_its_fixture_expects(
    app: Flask, template: str, component: str, adapter: Adapter, fixture: dict[str, Any]
) -> None:
    html = drawn(app, template, component, adapter, fixture["options"])
    assert outline(html) == outline(fixture["html"])


def test_the_comparison_notices_a_lost_attribute() -> None:
    assert outline('<p id="a">x</p>') != outline("<p>x</p>")


def test_the_comparison_notices_other_words_and_other_nesting() -> None:
    assert outline("<p>x</p>") != outline("<p>y</p>")
    assert outline("<p><b>x</b></p>") != outline("<p>x<b></b></p>")


def test_the_comparison_overlooks_only_spacing() -> None:
    assert outline("<p>\n  x   y </p>") == outline("<p>x y</p>")


def test_every_kept_fixture_file_is_used() -> None:
    used = {component for _template, adapters in FILES.values() for component in adapters}
    assert {path.stem for path in FIXTURES.glob("*.json")} == used
