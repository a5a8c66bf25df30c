"""What the pages about work show, prepared: periods, overlaps, gaps, running totals in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import gettext as _

from portal.domain.credentials import FactKind, Standing
from portal.domain.rules.vocabulary import Outcome
from portal.domain.work_history import FunctionTotal, Gap, Overlap, function_totals, gaps, overlaps
from portal.services.experience_totals import RunningTotal
from portal.services.house import House
from portal.services.referees import RequestRecord
from portal.services.shelf import ShelvedDocument
from portal.services.work_history import WorkAnswers, WorkRecord
from portal.web.languages import current_language
from portal.web.professional.evidence.links import AttachedDocument, attached_documents
from portal.web.professional.referees.pages import RefereeLine, referee_lines
from portal.web.professional.words import Difference, Tag, standing_meaning, standing_tag, vocabulary_word
from portal.wording import dates
from portal.wording.marking import N_
from portal.wording.sentences import Sayer

_OUTCOMES: Final = {
    Outcome.MET: ("met_declared", N_("Met")),
    Outcome.NOT_MET: ("not_met", N_("Not met yet")),
    Outcome.UNDETERMINED: ("undetermined", N_("Cannot tell yet")),
    Outcome.NOT_APPLICABLE: ("not_applicable", N_("Not applicable")),
}

# The dot stays with what stands before it: no line begins with one.
_BETWEEN: Final = "\N{NO-BREAK SPACE}· "


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One period as the list shows it; ``overlaps`` tells of the days it shares with earlier ones."""

    id: UUID
    employer: str
    period: str
    lines: tuple[str, ...]
    tag: Tag
    meaning: str
    overlaps: tuple[str, ...]
    documents: tuple[AttachedDocument, ...]
    referees: tuple[RefereeLine, ...]
    supports: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The months of one kind of work; ``most`` is empty where all ways of counting agree."""

    function: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class ReachRow:
    """One count that requirements ask for, how far the history reaches, and who asks."""

    title: str
    state: str
    word: str
    sentence: str
    asked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work history, newest first, with a sentence where nothing is stated, and what it comes to."""

    entries: tuple[WorkRow | str, ...]
    withdrawn: tuple[WorkRow, ...]
    totals: tuple[TotalRow, ...]
    has_open_total: bool
    open: tuple[ReachRow, ...]
    reached: tuple[ReachRow, ...]


def work_page(
    house: House,
    records: Sequence[WorkRecord],
    *,
    documents: Sequence[ShelvedDocument],
    requests: Sequence[RequestRecord],
    reach: Sequence[RunningTotal],
) -> WorkPage:
    """The whole history, counted as of today."""
    today = house.clock.today()
    counted = [record for record in records if record.counts]
    stretches = [record.as_stretch() for record in counted]
    names = {str(record.id): record.said.employer for record in counted}
    shared = [(found.other, _overlap_sentence(found, names)) for found in overlaps(stretches, today=today)]
    rows = []
    for record in records:
        said_of_it = tuple(sentence for key, sentence in shared if key == str(record.id))
        rows.append(_row(house, record, said_of_it, documents, requests))
    totals = function_totals(stretches, today=today)
    return WorkPage(
        entries=_with_gaps(records, rows, gaps(stretches, today=today)),
        withdrawn=tuple(row for row in rows if row.is_withdrawn),
        totals=tuple(_total_row(house, total) for total in totals),
        has_open_total=any(total.is_open for total in totals),
        open=tuple(_reach_row(house, total) for total in reach if total.outcome is not Outcome.MET),
        reached=tuple(_reach_row(house, total) for total in reach if total.outcome is Outcome.MET),
    )


def _with_gaps(
    records: Sequence[WorkRecord], rows: Sequence[WorkRow], open_days: Sequence[Gap]
) -> tuple[WorkRow | str, ...]:
    """The periods that stand, newest first, and between them the sentences about gaps."""
    placed: list[tuple[date, WorkRow | str]] = [
        (record.said.begun_on or date.min, row)
        for record, row in zip(records, rows, strict=True)
        if not row.is_withdrawn
    ]
    placed += [(gap.begins, _gap_sentence(gap)) for gap in open_days]
    return tuple(entry for _begun, entry in sorted(placed, key=lambda each: each[0], reverse=True))


def _overlap_sentence(found: Overlap, names: Mapping[str, str]) -> str:
    return _(
        "%(one)s and %(other)s overlap from %(begins)s to %(ends)s. These days count once.",
        one=names[found.one],
        other=names[found.other],
        begins=_day(found.begins),
        ends=_day(found.ends),
    )


def _gap_sentence(gap: Gap) -> str:
    return _("From %(begins)s to %(ends)s no work is stated.", begins=_day(gap.begins), ends=_day(gap.ends))


def _row(
    house: House,
    record: WorkRecord,
    overlapping: tuple[str, ...],
    documents: Sequence[ShelvedDocument],
    requests: Sequence[RequestRecord],
) -> WorkRow:
    return WorkRow(
        id=record.id,
        employer=record.said.employer,
        period=_period(record.said),
        lines=_lines(house, record.said),
        tag=standing_tag(record.standing),
        meaning=standing_meaning(record.standing),
        overlaps=overlapping,
        documents=attached_documents(documents, FactKind.WORK, record.id),
        referees=referee_lines(requests, record.id),
        supports=f"{FactKind.WORK.value}:{record.id}",
        is_withdrawn=record.standing is Standing.WITHDRAWN,
    )


def _lines(house: House, said: WorkAnswers) -> tuple[str, ...]:
    """The answers in three lines: what the post was, what was done and how much of it, and where."""
    known = {name: value for name, (_label, value) in described(house, said).items()}
    led = (_("led or supervised others"),) if said.manages else ()
    share = known["share"] if said.share_percent is not None else _("not sure whether full or part time")
    what = _BETWEEN.join((known["functions"], share, *led))
    where = _BETWEEN.join((known["place"], known["employer_kind"]))
    return (said.post, what, where) if said.post else (what, where)


def _reach_row(house: House, total: RunningTotal) -> ReachRow:
    language = current_language()
    state, word = _OUTCOMES[total.outcome]
    return ReachRow(
        title=total.clause.in_language(language.locale),
        state=state,
        word=_(word),
        sentence=Sayer(house.rulebook, language).say(total.because),
        asked_by=tuple(target.title.in_language(language.locale) for target in total.targets),
    )


def _total_row(house: House, total: FunctionTotal) -> TotalRow:
    language = current_language()
    return TotalRow(
        function=vocabulary_word(house, "functions", total.function),
        least=dates.months(total.least_months, language),
        most=dates.months(total.most_months, language) if total.is_open else "",
    )


def described(house: House, said: WorkAnswers) -> dict[str, tuple[str, str]]:
    """Every answer by name, with its label and its value in words."""
    functions = [vocabulary_word(house, "functions", code) for code in said.functions]
    return {
        "employer": (_("Employer"), said.employer or _("Not stated")),
        "period": (_("Period"), _period(said)),
        "employer_kind": (_("Kind of employer"), _word(house, "employer_kinds", said.employer_kind)),
        "place": (_("Where you worked"), _word(house, "places", said.place)),
        "post": (_("Position"), said.post or _("Not stated")),
        "functions": (
            _("What the work was about"),
            dates.listed(functions, current_language()) or _("Not stated"),
        ),
        "share": (_("Full time or part time"), share_word(said.share_percent)),
        "manages": (_("Led or supervised others"), _("Yes") if said.manages else _("No")),
    }


def _word(house: House, section: str, code: str) -> str:
    return vocabulary_word(house, section, code) if code else _("Not stated")


def _period(said: WorkAnswers) -> str:
    if said.begun_on is None:
        return _("Not stated")
    return dates.period(said.begun_on, said.ended_on, current_language())


def share_word(percent: int | None) -> str:
    """How much of full time, in words."""
    if percent is None:
        return _("Not sure")
    return _("Full time") if percent == 100 else _("%(percent)s%% of full time", percent=percent)


def differences(house: House, recorded: WorkAnswers, typed: WorkAnswers) -> tuple[Difference, ...]:
    """Where what is recorded now and what was typed part."""
    now, wished = described(house, recorded), described(house, typed)
    return tuple(
        Difference(label, value, wished[name][1])
        for name, (label, value) in now.items()
        if value != wished[name][1]
    )


def _day(day: date) -> str:
    return dates.long_day(day, current_language())
