"""Letters and e-mails: the words of ``templates/letters`` and ``templates/emails`` in one language.

Owns the environment those templates are written in: plain text, the filters
for days and money, and the catalogue of the reader's language. It must not
know requests, people or cases; facts are handed in. A template extends the sheet of
its folder and fills ``subject`` and ``text``; a missing fact is a fault, never
a blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound

from portal.domain.ports import WrittenLetter
from portal.domain.texts import Text
from portal.wording import dates
from portal.wording.catalogue import translations_for
from portal.wording.languages import LANGUAGES, Language, language_of

# The sheets part subject and body with a form feed, which no sentence contains.
_FOLD: Final = "\f"
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


class TemplateStationery:
    """Writes letters and e-mails from the templates of a folder."""

    def __init__(self, folder: Path) -> None:
        self._environments = {language: _environment(folder, language) for language in LANGUAGES}

    def write_letter(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """Give the words of a letter; KeyError for an unknown kind."""
        return self._write(f"letters/{kind}.txt", language_of(language), facts)

    def write_email(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """Give the words of an e-mail; KeyError for an unknown kind."""
        return self._write(f"emails/{kind}.txt", language_of(language), facts)

    def write_notice(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """Give what an e-mail of a kind says without the sheet around it; KeyError for an unknown kind."""
        spoken = language_of(language)
        name = f"emails/{kind}.txt"
        template = self._template(name, spoken)
        context = template.new_context({"language": spoken, **facts})
        subject, body = ("".join(template.blocks[part](context)) for part in ("subject", "text"))
        return WrittenLetter(spoken.locale, " ".join(subject.split()), tidied(body))

    def _template(self, name: str, language: Language) -> Template:
        try:
            return self._environments[language].get_template(name)
        except TemplateNotFound as missing:
            raise KeyError(name) from missing

    def _write(self, name: str, language: Language, facts: Mapping[str, Any]) -> WrittenLetter:
        written = self._template(name, language).render({"language": language, **facts})
        subject, fold, body = written.partition(_FOLD)
        if not fold:
            raise ValueError(f"{name} is not written on a sheet: extend _letter.txt or _email.txt")
        return WrittenLetter(language.locale, " ".join(subject.split()), tidied(body))


def tidied(body: str) -> str:
    """Leave one empty line between paragraphs and none at the ends."""
    return _BLANK_LINES.sub("\n\n", body).strip()


def paragraphs(body: str) -> list[list[str]]:
    """Part a written body into its paragraphs, each a list of lines, for pages that show it.

    >>> paragraphs("Dear Mei\\n\\nfirst\\nsecond")
    [['Dear Mei'], ['first', 'second']]
    """
    return [part.splitlines() for part in tidied(body).split("\n\n")]


def _environment(folder: Path, language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        # Plain text: pages that show a letter escape it themselves.
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations_for(language), newstyle=True)  # type: ignore[attr-defined]  # the extension hangs it there
    environment.filters.update(
        day=partial(dates.long_day, language=language),
        short_day=partial(dates.short_day, language=language),
        month=partial(dates.month, language=language),
        from_day=partial(dates.from_day, language=language),
        by_day=partial(dates.by_day, language=language),
        moment=partial(dates.moment, language=language),
        number=partial(dates.number, language=language),
        money=partial(dates.money, language=language),
        listed=partial(dates.listed, language=language),
        spoken=partial(_spoken, language=language),
    )
    return environment


def _spoken(text: Text, language: Language) -> str:
    return text.in_language(language.locale)
