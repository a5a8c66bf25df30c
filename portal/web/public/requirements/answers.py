"""What people ask about the requirements, answered: on the page of each target and track, and all together.

Owns the frozen values of an answer as a reader sees it. It must not know which pages people come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from portal.domain.rules.answers import Answer
from portal.rulebook.loader import Rulebook
from portal.web.public.requirements.clauses import said


@dataclass(frozen=True, slots=True)
class Reference:
    """Something the answer leads to: a source it rests on, or a page it stands on."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question with its answer. ``to_read`` names the document that would settle what is open."""

    anchor: str
    question: str
    answer: str
    to_read: str
    sources: tuple[Reference, ...]
    pages: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """All questions: those about every requirement first, then those about some."""

    general: tuple[AnswerView, ...]
    particular: tuple[AnswerView, ...]


def answers_page(rulebook: Rulebook) -> AnswersPage:
    """All questions with the pages each of them stands on."""
    known = rulebook.answers.values()
    return AnswersPage(
        general=answer_views((one for one in known if one.is_general), rulebook),
        particular=answer_views((one for one in known if not one.is_general), rulebook),
    )


def answer_views(answers: Iterable[Answer], rulebook: Rulebook) -> tuple[AnswerView, ...]:
    """Answers in the reader's language."""
    return tuple(_view(answer, rulebook) for answer in answers)


def _view(answer: Answer, rulebook: Rulebook) -> AnswerView:
    return AnswerView(
        anchor=answer.id,
        question=said(answer.question),
        answer=said(answer.answer),
        to_read=said(answer.to_read) if answer.to_read else "",
        sources=tuple(_source(name, rulebook) for name in answer.cites),
        pages=_pages(answer, rulebook),
    )


def _source(name: str, rulebook: Rulebook) -> Reference:
    source = rulebook.sources[name]
    return Reference(
        _("%(publisher)s: %(title)s", publisher=said(source.publisher), title=said(source.title)),
        url_for("requirements.sources", _anchor=name.replace(".", "-")),
    )


def _pages(answer: Answer, rulebook: Rulebook) -> tuple[Reference, ...]:
    tracks = (
        Reference(said(rulebook.tracks[track].title), url_for("requirements.track", track=track))
        for track in answer.tracks
    )
    targets = (
        Reference(said(target.title), url_for("requirements.target", target=target.id))
        for target in rulebook.targets.values()
        if answer.concerns(target.id)
    )
    return (*tracks, *targets)
