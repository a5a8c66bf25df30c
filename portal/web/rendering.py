"""How templates are rendered: the two things the portal does otherwise than Flask, because they cost on every page.

Owns the environment templates live in, and how a page calls its components. It must not know any
template, nor what one may call.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing
from markupsafe import Markup


class PageContext(Context):
    """The variables of a page, which puts the arguments of a component in order by itself.

    Jinja asks whatever is called what else it wants, and raises and catches an exception for each
    argument left out: a component of sixteen cost more to call than to draw. Gives and refuses what
    Jinja would; whatever is more than a plain call is left to it.
    """

    @internalcode
    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if type(obj) is not Macro or obj.catch_kwargs or obj.catch_varargs or "caller" in kwargs:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        given = [*args, *[kwargs.pop(name, missing) for name in obj.arguments[len(args) :]]]
        if kwargs or len(given) > len(obj.arguments):
            return obj(self.eval_ctx, *args, **kwargs)  # refuses, with Jinja's words
        if obj.caller and not obj.explicit_caller:
            given.append(self.environment.undefined("No caller defined", name="caller"))
        drawn = obj._func(*given)
        return Markup(drawn) if self.eval_ctx.autoescape else drawn  # noqa: S704 - as Jinja marks it


class PageEnvironment(Environment):
    """An environment whose templates each keep the global names in one plain dictionary.

    Jinja chains two, and walks through the chain for each page and for each ``{% from %}`` in it: with
    our thirty names an import cost more than most components it brought. Nothing may become global
    once a template was loaded, which Jinja asks for anyway.
    """

    context_class = PageContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give the global names of one template."""
        return {**self.globals, **(d or {})}


def init_rendering(app: Flask) -> None:
    """Give an application our environment; to be called before anything is told to Jinja."""
    app.jinja_environment = PageEnvironment
