"""The page a check ends on: both sides of each track, what is met, what is missing and what to do.

Owns the frozen values of that page. A clause is drawn by the pieces of the mapping page; what those
say to somebody with a file is taken out, and a question left open is said to be one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.eligibility.unanswered import unanswered_as
from portal.domain.places import Jurisdiction
from portal.domain.rules.explanation import Plank, PlankState, Turn, read_pair
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome
from portal.services.house import House
from portal.web.bridge import BridgePicture, BridgeSize, bridge_towards
from portal.web.citations import CitationReader
from portal.web.languages import current_language
from portal.web.professional.mapping.changes import ChangeView, Way, change_of
from portal.web.professional.mapping.clauses import ClauseReader, ClauseView, outcome_word
from portal.web.professional.mapping.facts import FactView, facts_by_key
from portal.web.professional.mapping.groups import ClauseGroup, Shown, TopClause, groups_of
from portal.web.professional.mapping.steps import Door, Doors
from portal.web.professional.mapping.targets import kind_word, spoken
from portal.web.public.check.preparing import Cost, Paper, costs_of, papers_of
from portal.web.public.check.routes_elsewhere import OtherRoute, other_routes
from portal.web.public.check.visit import Visit, targets_in_force
from portal.web.public.check.words import question_word
from portal.wording.sentences import Sayer


@dataclass(frozen=True, slots=True)
class SideView:
    """One target on one side: its bridge, its verdict, its clauses by whose turn they are."""

    place: Jurisdiction
    id: str
    title: str
    kind: str
    kind_address: str
    picture: BridgePicture
    small: BridgePicture
    state: PlankState
    word: str
    counts: str
    groups: tuple[ClauseGroup, ...]
    not_needed: tuple[ClauseView, ...]
    summary: str
    remains: str
    rules_address: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The side a visitor did not ask about, in a row: only what the answers happen to say."""

    place: Jurisdiction
    title: str
    picture: BridgePicture
    state: PlankState
    word: str
    target: str


@dataclass(frozen=True, slots=True)
class TrackResult:
    """One track: the targets aimed at in full, the other side in a row, or that there is none."""

    title: str
    note: str
    aims: tuple[SideView, ...]
    home: tuple[HomeView, ...]
    without: tuple[Jurisdiction, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything the page says."""

    on: date
    tracks: tuple[TrackResult, ...]
    headlines: tuple[SideView, ...]
    open_questions: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    costs: tuple[Cost, ...]
    others: tuple[OtherRoute, ...]


def result_page(house: House, visit: Visit) -> ResultPage:
    """Prepare the page from the answers as they are."""
    drawing = _Drawing(house, visit, _facts(house, visit))
    aims = visit.aims
    evaluations = {target.id: visit.asking.evaluate(target) for target in aims}
    views = {target.id: drawing.side(target, evaluations[target.id]) for target in aims}
    pairs = [(target, evaluations[target.id]) for target in aims]
    return ResultPage(
        on=house.clock.today(),
        tracks=drawing.tracks(views),
        headlines=tuple(views.values()),
        open_questions=tuple((one.key, question_word(house, one.key)) for one in visit.left()),
        papers=papers_of(house, visit.answers),
        costs=costs_of(house, pairs),
        others=other_routes(house, visit, evaluations),
    )


@dataclass(frozen=True, slots=True)
class _NoDoors(Doors):
    """A visitor has no file yet: no step leads into one."""

    def of(self, clause: object, measures: object) -> tuple[Door, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class _Drawing:
    house: House
    visit: Visit
    facts: Mapping[str, FactView]

    def tracks(self, views: Mapping[str, SideView]) -> tuple[TrackResult, ...]:
        """Each aim under the first of its tracks."""
        shown: set[str] = set()
        found = []
        for name in self.visit.answers.tracks:
            track = self.house.rulebook.tracks.get(name)
            if track is None:
                continue
            sides = {Jurisdiction.HONG_KONG: track.hk, Jurisdiction.SHENZHEN: track.sz}
            aims = [view for id_, view in views.items() if id_ in (*track.hk, *track.sz) and id_ not in shown]
            shown.update(view.id for view in aims)
            missing = [side for side in sides if not any(view.place is side for view in aims)]
            home = [(side, targets_in_force(self.house, sides[side])) for side in missing]
            found.append(
                TrackResult(
                    title=track.title.in_language(current_language().locale),
                    note=track.note.in_language(current_language().locale) if track.note else "",
                    aims=tuple(sorted(aims, key=lambda view: view.place is not Jurisdiction.HONG_KONG)),
                    home=tuple(self._home(targets[0]) for _side, targets in home if targets),
                    without=tuple(side for side, targets in home if not targets),
                )
            )
        return tuple(found)

    def side(self, target: Target, evaluation: Evaluation) -> SideView:
        """A target in full."""
        planks = _planks(evaluation)
        tops = self._tops(target, planks)
        locale = current_language().locale
        return SideView(
            place=target.jurisdiction,
            id=target.id,
            title=spoken(target),
            kind=kind_word(target, self.house.rulebook),
            kind_address=url_for("requirements.reading_guide", _anchor=target.recognition.value),
            picture=_picture(target, planks, evaluation.on, BridgeSize.LARGE),
            small=_picture(target, planks, evaluation.on, BridgeSize.SMALL),
            state=_state(evaluation.outcome),
            word=outcome_word(evaluation.outcome),
            counts=_counts(planks),
            groups=groups_of(tops, Shown.ALL),
            not_needed=tuple(top.clause for top in tops if top.clause.state is PlankState.NOT_APPLICABLE),
            summary=target.summary.in_language(locale),
            remains=target.remains.in_language(locale),
            rules_address=url_for("requirements.target", target=target.id),
        )

    def _home(self, target: Target) -> HomeView:
        evaluation = self.visit.asking.evaluate(target)
        return HomeView(
            place=target.jurisdiction,
            title=spoken(target),
            picture=_picture(target, _planks(evaluation), evaluation.on, BridgeSize.SMALL),
            state=_state(evaluation.outcome),
            word=outcome_word(evaluation.outcome),
            target=target.id,
        )

    def _tops(self, target: Target, planks: tuple[Plank, ...]) -> tuple[TopClause, ...]:
        book, on = self.house.rulebook, self.house.clock.today()
        version = target.in_force(on)
        sayer = Sayer(book, current_language(), {name: one.title for name, one in version.clauses.items()})

        def say(because: Because) -> str:
            key = unanswered_as(because)
            return (
                _("You left this open: %(question)s", question=question_word(self.house, key))
                if key
                else sayer.say(because)
            )

        reader = ClauseReader(target, on, version, say, self.facts, CitationReader(book.sources))
        doors = _NoDoors(book, {})
        tops = []
        for plank in planks:
            view = _as_declared(reader.view(plank.declared, plank.declared))
            change = change_of(plank, version, doors, say) if plank.turn is not Turn.VERIFY else None
            tops.append(TopClause(view, _with_questions(plank, change)))
        return tuple(tops)


def _planks(evaluation: Evaluation) -> tuple[Plank, ...]:
    """The planks on what was declared: nothing is verified, and nothing claims to be."""
    return tuple(
        replace(plank, state=PlankState.MET_DECLARED, turn=Turn.VERIFY)
        if plank.state is PlankState.MET_VERIFIED
        else plank
        for plank in read_pair(evaluation, evaluation)
    )


def _as_declared(view: ClauseView) -> ClauseView:
    """A clause and all below it as somebody declared it, whom nobody has verified."""
    return replace(
        view,
        state=PlankState.MET_DECLARED if view.state is PlankState.MET_VERIFIED else view.state,
        routes=tuple(map(_as_declared, view.routes)),
        parts=tuple(map(_as_declared, view.parts)),
        folded=tuple(map(_as_declared, view.folded)),
    )


def _with_questions(plank: Plank, change: ChangeView | None) -> ChangeView | None:
    """A requirement that hangs on a question left open says so first."""
    keys: dict[str, None] = {}
    for result in plank.declared.walk():
        key = unanswered_as(result.because) if result.outcome is Outcome.UNDETERMINED else ""
        if key:
            keys[key] = None
    if plank.state is not PlankState.UNDETERMINED or not keys:
        return change
    answer_it = Door(_("Answer this question"), url_for("eligibility.question", key=next(iter(keys))))
    open_way = Way(_("Answer what you left open."), (), illustrative=False, doors=(answer_it,))
    if change is None or not change.ways:
        return ChangeView("", (open_way,), change.to_read if change else ())
    return replace(change, lead=_("Any one of these would settle it:"), ways=(open_way, *change.ways))


def _facts(house: House, visit: Visit) -> dict[str, FactView]:
    """The facts in words, each leading back to where it was answered."""
    found = facts_by_key(visit.answers.as_dossier(), house.rulebook)
    places = {one.id: url_for("eligibility.holding", item=one.id) for one in visit.answers.holdings}
    places |= {one.id: url_for("eligibility.period", item=one.id) for one in visit.answers.periods}
    told = _("as you told us")
    return {key: replace(view, standing=told, address=places.get(key, "")) for key, view in found.items()}


def _picture(target: Target, planks: tuple[Plank, ...], on: date, size: BridgeSize) -> BridgePicture:
    clauses, locale = target.in_force(on).clauses, current_language().locale
    labelled = [(plank.state.value, clauses[plank.clause_id].title.in_language(locale)) for plank in planks]
    return bridge_towards(target.jurisdiction, labelled, size=size)


def _state(outcome: Outcome) -> PlankState:
    return PlankState.MET_DECLARED if outcome is Outcome.MET else PlankState(outcome.value)


def _counts(planks: tuple[Plank, ...]) -> str:
    """How many requirements are met, missing and open, in one line."""
    states = [plank.state for plank in planks]
    met = states.count(PlankState.MET_DECLARED)
    missing, unknown = states.count(PlankState.NOT_MET), states.count(PlankState.UNDETERMINED)
    parts = [
        ngettext("%(num)s requirement met", "%(num)s requirements met", met) if met else "",
        ngettext("%(num)s missing", "%(num)s missing", missing) if missing else "",
        ngettext("%(num)s cannot be told yet", "%(num)s cannot be told yet", unknown) if unknown else "",
    ]
    return " · ".join(part for part in parts if part)
