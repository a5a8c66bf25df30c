"""A page calls a component as Jinja would: what it gives, what it leaves out, and what is refused."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import Environment, Template
from jinja2.runtime import Context

from portal.web.rendering import PageContext, PageEnvironment
from tests.web.small_app import small_app

MACROS = """
{%- macro two(one, other="<b>") %}[{{ one }}|{{ other }}]{% endmacro -%}
{%- macro held(title, caller=none) %}[{{ title }}|{{ caller() if caller else "alone" }}]{% endmacro -%}
{%- macro around(title) %}[{{ title }}|{{ caller() if caller else "alone" }}]{% endmacro -%}
{%- macro more(title) %}[{{ title }}|{{ kwargs.colour }}|{{ varargs|join }}]{% endmacro -%}
"""
CALLS = [
    '{{ two("<a>") }}',
    '{{ two("a", "b") }}',
    '{{ two(other="b", one="a") }}',
    "{{ two(nothing) }}",
    "{{ two() }}",
    '{{ around("a") }}',
    '{% call around("a") %}<i>{% endcall %}',
    '{{ held("a") }}',
    '{% call held("a") %}<i>{% endcall %}',
    '{{ more("a", "b", "c", colour="red") }}',
    '{% for one in "ab" %}{{ two(one, loop.index) }}{% endfor %}',
    '{% block inside %}{{ two("a", [1, 2]|join(",")) }}{% endblock %}',
]
REFUSED = ['{{ two("a", size=3) }}', '{{ two("a", "b", "c") }}', '{{ two("a", one="b") }}']


class JinjasEnvironment(PageEnvironment):
    """Ours, with Jinja's own way of calling."""

    context_class = Context


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def both(app: Flask, source: str, *, autoescape: bool = True) -> tuple[Template, Template]:
    ours, jinjas = PageEnvironment(app, autoescape=autoescape), JinjasEnvironment(app, autoescape=autoescape)
    return ours.from_string(MACROS + source), jinjas.from_string(MACROS + source)


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("call", CALLS)
def test_a_component_draws_what_jinja_would_draw(app: Flask, call: str, autoescape: bool) -> None:
    ours, jinjas = both(app, call, autoescape=autoescape)
    assert ours.render() == jinjas.render()


@pytest.mark.parametrize("call", REFUSED)
def test_a_call_that_does_not_fit_is_refused_with_jinjas_words(app: Flask, call: str) -> None:
    ours, jinjas = both(app, call)
    with pytest.raises(TypeError) as expected:
        jinjas.render()
    with pytest.raises(TypeError) as refused:
        ours.render()
    assert str(refused.value) == str(expected.value)


def test_the_portals_pages_are_rendered_so(the_app: Flask) -> None:
    environment: Environment = the_app.jinja_env
    assert isinstance(environment, PageEnvironment)
    assert environment.context_class is PageContext
    assert "page_errors" in environment.get_template("layouts/page.html").globals
