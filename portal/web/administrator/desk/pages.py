"""What the desk's pages show, prepared: the case, the recommendation, the decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from portal.domain.cases import Move, Stage, may
from portal.domain.errors import Conflict
from portal.domain.grants import Standing, standing_of
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.rules.explanation import PlankState, read_pair
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import Outcome
from portal.services.assessment import VERIFIABLE
from portal.services.case_files import CaseFile
from portal.services.case_histories import EventKind
from portal.services.decision_files import Change, DecisionFile, DeskCase
from portal.services.duplicate_rulings import identity_for_officer
from portal.services.house import House
from portal.services.mapping import Verdicts
from portal.web.administrator.desk.clauses import ClauseReader, DeskClause
from portal.web.administrator.desk.facts import (
    FactRow,
    HistoryLine,
    fact_anchors,
    fact_rows,
    history,
    outcome_word,
)
from portal.web.administrator.duplicates.pages import DeskIdentity, desk_identity
from portal.web.administrator.reviews.pages import DeskReview, desk_reviews
from portal.web.administrator.words import REASONS, person_name, stage_tag, verdict_word
from portal.web.bridge import BridgePicture, BridgeSize, bridge_towards, city_name
from portal.web.languages import current_language
from portal.wording.languages import language_of
from portal.wording.sentences import Sayer


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands at the head of every page about a case."""

    reference: str
    address: str
    name: str
    home: str
    title: str
    place: Jurisdiction
    stage: dict[str, str]


@dataclass(frozen=True, slots=True)
class Doors:
    """What can be done with a case now; an address is empty when it cannot.

    ``is_own_opinion`` says why the one who recommended finds no door to the decision.
    """

    begin: str
    assign: str
    recommend: str
    decide: str
    send_back: str
    is_own_opinion: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent in the words and the language that were read."""

    wording: str
    tag: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class StandingView:
    """What today's verified facts carry, as lists of requirements.

    What is missing is named by the planks of the bridge: a list of every way to meet each of them
    would hide which they are.
    """

    carries: bool
    to_verify: tuple[str, ...]
    missing: tuple[str, ...]
    against: tuple[str, ...]
    with_employer: tuple[str, ...]
    with_authority: tuple[str, ...]
    settled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """The assessment desk of one case."""

    head: CaseHead
    version: int
    submitted_at: datetime
    assignee: str
    doors: Doors
    picture: BridgePicture
    verdicts: tuple[tuple[str, PlankState], ...]
    standing: StandingView
    clauses: tuple[DeskClause, ...]
    awaiting: tuple[FactRow, ...]
    checked: tuple[FactRow, ...]
    consents: tuple[ConsentRow, ...]
    history: tuple[HistoryLine, ...]
    identity: DeskIdentity
    reviews: tuple[DeskReview, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """The page on which an officer recommends, decides or sends back."""

    head: CaseHead
    version: int
    picture: BridgePicture
    standing: StandingView


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What a second officer reads before signing."""

    head: CaseHead
    version: int
    recommendation: str
    picture: BridgePicture
    frozen_on: date
    frozen_outcome: str
    standing: StandingView
    verdict: str
    reasons: tuple[str, ...]
    conditions: tuple[tuple[str, date | None], ...]
    note: str
    by: str
    at: datetime
    same_release: bool
    changes: tuple[tuple[str, str, str], ...]


def case_page(house: House, actor: Actor, file: CaseFile) -> CasePage:
    """Prepare the desk."""
    version = house.rulebook.targets[file.target].in_force(file.on)
    titles = {name: _title(version, name) for name in version.clauses}
    is_theirs = file.assigned_to in (None, actor.account_id)
    rows = fact_rows(house, file, may_verify=is_theirs and file.stage in VERIFIABLE)
    return CasePage(
        head=head_of(house, file),
        version=file.version,
        submitted_at=file.submitted_at,
        assignee=file.assignee,
        doors=_doors(actor, file),
        picture=picture_of(file.verdicts, file.jurisdiction, _name(file), version),
        verdicts=(
            (_("As declared"), _verdict(file.verdicts.declared.outcome, met=PlankState.MET_DECLARED)),
            (_("On verified facts"), _verdict(file.verdicts.verified.outcome, met=PlankState.MET_VERIFIED)),
        ),
        standing=_standing(
            standing_of(file.verdicts.verified, findings=file.findings), file.verdicts, version
        ),
        clauses=_clauses(house, file, version, may_find=is_theirs and file.stage is Stage.UNDER_ASSESSMENT),
        awaiting=tuple(row for row in rows if row.awaits),
        checked=tuple(row for row in rows if not row.awaits),
        consents=tuple(
            ConsentRow(one.wording, language_of(one.language).tag, one.given_at)
            for one in file.person.consents
        ),
        history=history(house, file, titles),
        identity=desk_identity(identity_for_officer(house, actor, file.person), file.person.person_id),
        reviews=desk_reviews(file.reviews, house.rulebook.targets[file.target], file.reference),
    )


def _verdict(outcome: Outcome, *, met: PlankState) -> PlankState:
    return met if outcome is Outcome.MET else PlankState(outcome.value)


def proposal_page(house: House, case: DeskCase) -> ProposalPage:
    """Prepare the page of a recommendation; a case that is not on the desk has moved on."""
    if not may(case.stage, Move.RECOMMEND):
        raise Conflict("case.not_in_stage")
    version = house.rulebook.targets[case.target].in_force(case.on)
    return ProposalPage(
        head=head_of(house, case),
        version=case.version,
        picture=picture_of(case.verdicts, case.jurisdiction, _name(case), version),
        standing=_standing(case.standing, case.verdicts, version),
    )


def decision_page(house: House, file: DecisionFile) -> DecisionPage:
    """Prepare the page of a decision; a case that does not wait for one has moved on."""
    case = file.case
    if case.stage is not Stage.RECOMMENDED:
        raise Conflict("case.not_in_stage")
    target = house.rulebook.targets[case.target]
    version, then = target.in_force(case.on), target.in_force(file.photograph.on)
    locale = current_language().locale
    return DecisionPage(
        head=head_of(house, case),
        version=case.version,
        recommendation=str(file.recommendation_id),
        picture=picture_of(
            Verdicts(target, file.photograph, file.photograph), case.jurisdiction, _name(case), then
        ),
        frozen_on=file.photograph.on,
        frozen_outcome=outcome_word(file.photograph.outcome),
        standing=_standing(case.standing, case.verdicts, version),
        verdict=verdict_word(file.proposal.verdict),
        reasons=tuple(_(REASONS[reason]) for reason in file.proposal.reasons),
        conditions=tuple((one.title.in_language(locale), one.due_on) for one in file.proposal.conditions),
        note=file.note,
        by=file.recommended_by,
        at=file.recommended_at,
        same_release=file.same_release,
        changes=tuple(_change(change, version) for change in file.changes),
    )


def picture_of(verdicts: Verdicts, place: Jurisdiction, name: str, version: RuleVersion) -> BridgePicture:
    """The bridge from the applicant to the city of the case."""
    planks = [
        (plank.state.value, _title(version, plank.clause_id))
        for plank in read_pair(verdicts.declared, verdicts.verified)
    ]
    return bridge_towards(place, planks, size=BridgeSize.SMALL, near_name=name)


def say_with(house: House, version: RuleVersion) -> Sayer:
    """What says the reasons of one version in the reader's language."""
    titles = {name: clause.title for name, clause in version.clauses.items()}
    return Sayer(house.rulebook, current_language(), titles)


def _clauses(house: House, file: CaseFile, version: RuleVersion, *, may_find: bool) -> tuple[DeskClause, ...]:
    reader = ClauseReader(
        version=version,
        say=say_with(house, version).say,
        facts=fact_anchors(house, file),
        findings=file.findings,
        finding_address=lambda clause: (
            url_for("administrator.record_judgement", reference=file.reference, clause=clause)
            if may_find
            else ""
        ),
    )
    pairs = zip(file.verdicts.declared.top_level(), file.verdicts.verified.top_level(), strict=True)
    return tuple(reader.read(*pair) for pair in pairs if pair[0].outcome is not Outcome.NOT_APPLICABLE)


def _doors(actor: Actor, file: CaseFile) -> Doors:
    """Doors that stand open now. What may be done is checked again when it is done."""
    is_mine = file.assigned_to in (None, actor.account_id)
    is_nobodys = file.assigned_to is None

    def door(endpoint: str, opens: bool) -> str:
        return url_for(f"administrator.{endpoint}", reference=file.reference) if opens else ""

    on_the_desk = file.stage in (Stage.UNDER_ASSESSMENT, Stage.INFORMATION_REQUESTED)
    waits = file.stage is Stage.RECOMMENDED
    opinions = [one.account_id for one in file.events if one.kind is EventKind.RECOMMENDATION]
    is_own_opinion = waits and opinions[-1:] == [actor.account_id]
    return Doors(
        begin=door("begin_assessment", may(file.stage, Move.BEGIN_ASSESSMENT)),
        assign=door("assign_case", on_the_desk and is_nobodys),
        recommend=door("recommend", is_mine and may(file.stage, Move.RECOMMEND)),
        decide=door("decide", waits and not is_own_opinion),
        send_back=door("return_case", waits and not is_own_opinion),
        is_own_opinion=is_own_opinion,
    )


def head_of(house: House, case: CaseFile | DeskCase) -> CaseHead:
    """What stands at the head of every page about a case."""
    return CaseHead(
        reference=case.reference,
        address=url_for("administrator.case", reference=case.reference),
        name=_name(case),
        home=city_name(case.person.home),
        title=house.rulebook.targets[case.target].title.in_language(current_language().locale),
        place=case.jurisdiction,
        stage=stage_tag(case.stage),
    )


def _name(case: CaseFile | DeskCase) -> str:
    return person_name(case.person.name_latin, case.person.name_chinese)


def _standing(standing: Standing, verdicts: Verdicts, version: RuleVersion) -> StandingView:
    def titles(clauses: Iterable[str]) -> tuple[str, ...]:
        return tuple(_title(version, clause) for clause in clauses)

    missing = set(standing.missing)
    open_planks = [
        plank
        for plank in read_pair(verdicts.declared, verdicts.verified)
        if missing & {one.clause_id for one in plank.verified.walk()}
    ]
    waits = {plank.clause_id for plank in open_planks if plank.state is PlankState.MET_DECLARED}
    return StandingView(
        carries=standing.carries,
        to_verify=titles(plank.clause_id for plank in open_planks if plank.clause_id in waits),
        missing=titles(plank.clause_id for plank in open_planks if plank.clause_id not in waits),
        against=titles(standing.against),
        with_employer=titles(standing.with_employer),
        with_authority=titles(standing.with_authority),
        settled=titles(standing.settled),
    )


def _change(change: Change, version: RuleVersion) -> tuple[str, str, str]:
    """A requirement, how it stood on the photograph, and how it stands now."""
    return (
        _title(version, change.clause),
        outcome_word(change.before) if change.before else _("not part of the rule"),
        outcome_word(change.now) if change.now else _("not part of the rule"),
    )


def _title(version: RuleVersion, clause_id: str) -> str:
    clause = version.clauses.get(clause_id)
    return clause.title.in_language(current_language().locale) if clause else clause_id
