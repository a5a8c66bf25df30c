"""Which language a reader gets, and how the pages come to speak it.

Owns the choice (asked for, remembered, the account's, the browser's) and the
joining of Flask-Babel to the catalogue of ``portal.wording``. It must not know
accounts: how to find an account's language is handed in by the assembly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from babel.support import Translations
from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_babel import Babel, Domain, get_locale
from werkzeug.utils import cached_property
from werkzeug.wrappers import Response as BaseResponse

from portal.wording.catalogue import translations_for
from portal.wording.languages import ENGLISH, LANGUAGES, Language, language_named, language_of

COOKIE: Final = "language"
_ARGUMENT: Final = "language"
_YEAR: Final = 365 * 24 * 3600
_EXTENSION: Final = "portal_account_language"


class CatalogueDomain(Domain):
    """Looks sentences up in the rooms' catalogues, joined in memory."""

    def get_translations(self) -> Translations:
        return translations_for(current_language())


class CatalogueBabel(Babel):
    """Flask-Babel, looking sentences up in our own domain."""

    @cached_property
    def domain_instance(self) -> Domain:
        return CatalogueDomain()


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language."""

    tag: str
    name: str
    address: str


def init_languages(app: Flask, account_language: Callable[[], str | None] | None = None) -> None:
    """Teach an application the three languages.

    ``account_language`` gives the language kept with the account of the
    signed-in reader, or nothing; it is not asked while an error page is drawn,
    because the database may be what failed.
    """
    CatalogueBabel(
        app,
        default_locale=ENGLISH.locale,
        default_timezone="Asia/Hong_Kong",
        locale_selector=_choose_locale,
    )
    app.extensions[_EXTENSION] = account_language
    app.before_request(_remember_the_language_asked_for)
    app.after_request(_name_the_language_of_the_answer)
    app.jinja_env.globals["other_languages"] = other_languages
    app.context_processor(lambda: {"language": current_language()})


def current_language() -> Language:
    """Give the language of the reader now served; English outside a request."""
    locale = get_locale()
    return language_of(str(locale)) if locale is not None else ENGLISH


def other_languages() -> list[LanguageLink]:
    """Give this page's links into the languages it is not in."""
    return [
        LanguageLink(language.tag, language.own_name, _address_in(language))
        for language in LANGUAGES
        if language != current_language()
    ]


def _address_in(language: Language) -> str:
    """The same page, asked for in a language.

    A page that was the answer to a sent form cannot be asked for again with a
    link, so such a page offers its own address when that can be read, and the
    home page otherwise.
    """
    rule = request.url_rule
    readable = rule is None or "GET" in (rule.methods or set())
    path = request.path if readable else url_for("public.index")
    asked = [(key, value) for key, value in request.args.items(multi=True) if key != _ARGUMENT]
    return f"{path}?{urlencode([*(asked if readable else []), (_ARGUMENT, language.tag)])}"


def _choose_locale() -> str:
    wishes = (
        language_named(request.cookies.get(COOKIE)),
        _language_of_the_account(),
        _language_of_the_browser(),
    )
    return next((wish for wish in wishes if wish), ENGLISH).locale


def _language_of_the_account() -> Language | None:
    ask: Callable[[], str | None] | None = current_app.extensions.get(_EXTENSION)
    if ask is None or g.get("failsafe", False):
        return None
    return language_named(ask())


def _language_of_the_browser() -> Language | None:
    for tag, _quality in request.accept_languages:
        language = language_named(tag)
        if language:
            return language
    return None


def _remember_the_language_asked_for() -> BaseResponse | None:
    """Answer ``?language=`` by remembering it and showing the same page again."""
    asked = request.args.get(_ARGUMENT)
    if asked is None or request.method not in ("GET", "HEAD") or request.endpoint == "static":
        return None
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != _ARGUMENT]
    # A path alone, never the host the reader claims to have asked: no open redirect.
    path = "/" + request.path.lstrip("/")
    answer = redirect(f"{path}?{urlencode(rest)}" if rest else path, code=303)
    language = language_named(asked)
    if language:
        answer.set_cookie(
            COOKIE,
            language.tag,
            max_age=_YEAR,
            secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
            httponly=True,
            samesite="Lax",
        )
    return answer


def _name_the_language_of_the_answer(answer: Response) -> Response:
    if answer.mimetype == "text/html":
        answer.headers["Content-Language"] = current_language().tag
        answer.vary.update(("Cookie", "Accept-Language"))
    return answer
