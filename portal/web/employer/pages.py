"""What the employer's pages show, as sentences in the reader's language.

Owns the wording of an answer: "recognised", never "may practise", because licences are others' to
give. It must not decide what is shown: that is ``portal/services/disclosure``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.domain.enrolments import EnrolmentState
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Status
from portal.domain.rules.rulesets import Target
from portal.services.checking import LOOKS_A_PAGE, CheckAnswer, OwnLook
from portal.services.disclosure import ShownBridging, ShownCondition, ShownRecognition
from portal.web.formatting import day, moment, spoken
from portal.web.languages import current_language
from portal.web.share_words import condition_sentence, purpose_name, status_sentence
from portal.wording.dates import zone_name

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class RecognitionCard:
    """One recognition as an answer shows it."""

    place: Jurisdiction
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer, ready to print."""

    asked: str
    name: str
    name_chinese: str
    echo: tuple[Row, ...]
    cards: tuple[RecognitionCard, ...]
    bridging: tuple[Row, ...]
    not_told: tuple[str, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class Register:
    """Where a licence or registration is looked up, and for which targets."""

    text: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooksPage:
    """An employer's own looks; ``earlier`` is the key to ask for the page before."""

    rows: tuple[tuple[str, ...], ...]
    earlier: UUID | None


def answer_page(answer: CheckAnswer) -> AnswerPage:
    """Write an answer out."""
    shown = answer.shown
    return AnswerPage(
        asked=_(
            "You asked about the share %(code)s on %(moment)s (%(zone)s).",
            code=answer.code,
            moment=moment(answer.checked_at),
            zone=zone_name(current_language()),
        ),
        name=shown.name_latin or shown.name_chinese or _("The holder has given no name"),
        name_chinese=shown.name_chinese if shown.name_latin else "",
        echo=(
            {"key": _("Shared for"), "value": purpose_name(answer.purpose, answer.purpose_note)},
            {"key": _("Open until"), "value": day(answer.until)},
            {"key": _("Asked by"), "value": answer.looked_as},
        ),
        cards=tuple(map(_card, shown.recognitions)),
        bridging=_bridging_rows(shown.bridging),
        not_told=_not_told(shown.recognitions),
        receipt=answer.receipt,
    )


def registers(targets: Iterable[Target]) -> Mapping[Jurisdiction, tuple[Register, ...]]:
    """Where to look up the licence itself, by city: the targets that share an answer stand together."""
    together: dict[Jurisdiction, dict[str, list[str]]] = {place: {} for place in Jurisdiction}
    for target in sorted(targets, key=lambda each: each.id):
        asked = together[target.jurisdiction].setdefault(spoken(target.check_elsewhere), [])
        asked.append(spoken(target.title))
    return {
        place: tuple(Register(text, tuple(titles)) for text, titles in found.items())
        for place, found in together.items()
    }


def looks_page(looks: list[OwnLook]) -> LooksPage:
    """An employer's own looks as rows of a table."""
    rows = tuple(
        (
            look.receipt,
            moment(look.at),
            look.code,
            look.looked_as,
            _("Shown") if look.shown else _("Not shown"),
        )
        for look in looks
    )
    return LooksPage(rows, looks[-1].key if len(looks) == LOOKS_A_PAGE else None)


def _card(shown: ShownRecognition) -> RecognitionCard:
    return RecognitionCard(
        place=shown.jurisdiction,
        title=spoken(shown.title),
        rows=(
            {"key": _("Recognition"), "value": Markup("<strong>{}</strong>").format(status_sentence(shown))},
            {"key": _("Conditions"), "value": _conditions(shown.conditions)},
            {"key": _("Suspension or revocation"), "value": _restrictions(shown)},
            {"key": _("Reference"), "value": shown.reference},
            {"key": _("Not given by this recognition"), "value": spoken(shown.remains)},
        ),
    )


def _conditions(conditions: tuple[ShownCondition, ...]) -> str:
    if not conditions:
        return _("None.")
    return Markup("<br>").join(escape(condition_sentence(each)) for each in conditions)


def _restrictions(shown: ShownRecognition) -> str:
    if shown.status is Status.SUSPENDED:
        return _("Suspended since %(day)s.", day=day(shown.since))
    if shown.status is Status.REVOKED:
        return _("Revoked on %(day)s.", day=day(shown.since))
    return _("None recorded.")


def _bridging_rows(bridging: tuple[ShownBridging, ...] | None) -> tuple[Row, ...]:
    key = _("Bridging programmes")
    if bridging is None:
        return ({"key": key, "value": _("The holder has not shared this.")},)
    if not bridging:
        return ({"key": key, "value": _("None under way.")},)
    return tuple({"key": _programme(each), "value": _progress(each)} for each in bridging)


def _programme(shown: ShownBridging) -> str:
    title = spoken(shown.programme)
    return _("%(programme)s (illustrative)", programme=title) if shown.illustrative else title


def _progress(shown: ShownBridging) -> str:
    done = _("%(done)s of %(all)s modules completed.", done=shown.completed, all=shown.modules)
    if shown.state is EnrolmentState.COMPLETED:
        return _sentences(_("Completed."), done)
    if shown.state is EnrolmentState.NOT_COMPLETED:
        return _sentences(_("Closed without completion."), done)
    if shown.next_on is None:
        return done
    return _sentences(done, _("Next date: %(day)s.", day=day(shown.next_on)))


def _sentences(*sentences: str) -> str:
    return ("" if current_language().is_chinese else " ").join(sentences)


def _not_told(recognitions: tuple[ShownRecognition, ...]) -> tuple[str, ...]:
    """Said every time, and in full: silence would be read as an answer."""
    elsewhere = dict.fromkeys(spoken(shown.check_elsewhere) for shown in recognitions)
    return (
        _sentences(
            _(
                "Whether a licence or registration is in force. A recognition is the programme’s own and is not a licence."
            ),
            *elsewhere,
        ),
        _(
            "Whether the person may work on the other side. A Hong Kong licence does not cover work in Shenzhen, and a Mainland registration does not cover work in Hong Kong."
        ),
        _(
            "What former employers would say. Where the Mandatory Reference Checking Scheme of Hong Kong’s banks applies, this check does not replace it."
        ),
        _("Anything the holder has not put into this share."),
    )
