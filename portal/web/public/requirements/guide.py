"""The standing explanations: what each kind of recognition means, and what it does not.

Owns the words that are true of every rule alike; the reading guide and the pages of single targets
show the same ones. It must not know any one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from portal.domain.rules.catalogue import Vocabulary
from portal.domain.rules.vocabulary import RecognitionKind
from portal.web.languages import current_language
from portal.wording.marking import N_


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of recognition: its name, what it gives and what it leaves to others."""

    anchor: str
    name: str
    means: str
    does_not: str
    address: str


_KINDS: Final[Mapping[RecognitionKind, tuple[str, str]]] = {
    RecognitionKind.PAPER_EXEMPTION: (
        N_("What you hold spares you examination papers that others have to sit."),
        N_(
            "It is neither a licence nor a registration. The papers that are left, an employer and the authority’s own decision are still needed."
        ),
    ),
    RecognitionKind.PRACTICE_BY_FILING: (
        N_("You may do the work in a named place once your home qualification is filed or registered there."),
        N_(
            "Nothing begins before the filing or registration is done, and it goes no further than the place and the work it names."
        ),
    ),
    RecognitionKind.TITLE_COMPARISON: (
        N_("What you hold is set beside a professional title of the other side, grade by grade."),
        N_("You do not hold that title. Only the body that grants it can give it to you."),
    ),
    RecognitionKind.FRAMEWORK_MATCH: (
        N_("What you hold is set beside a level of a competency or qualifications framework."),
        N_(
            "A level is not a licence, and matching it spares no paper by itself. Training passed and a title you may print are two things: a title can depend on where you work."
        ),
    ),
    RecognitionKind.APPOINTMENT_ELIGIBILITY: (
        N_("You meet what is asked of a person who is to be appointed to a post or a grade."),
        N_(
            "Nobody has to appoint you. The employer decides, and passing an examination is not yet the grade."
        ),
    ),
    RecognitionKind.SUBSIDY_ELIGIBILITY: (
        N_("You meet what a subsidy or an allowance asks of those who claim it."),
        N_(
            "The office that runs the scheme grants the money, within its own dates and limits. It says nothing about what work you may do."
        ),
    ),
}


def kind_views(vocabulary: Vocabulary) -> tuple[KindView, ...]:
    """All six, in the order in which they are explained."""
    return tuple(kind_view(kind, vocabulary) for kind in RecognitionKind)


def kind_view(kind: RecognitionKind, vocabulary: Vocabulary) -> KindView:
    """One kind of recognition in the reader's words."""
    means, does_not = _KINDS[kind]
    return KindView(
        anchor=kind.value,
        name=vocabulary["recognition_kinds"][kind.value].in_language(current_language().locale),
        means=_(means),
        does_not=_(does_not),
        address=url_for("requirements.reading_guide", _anchor=kind.value),
    )
