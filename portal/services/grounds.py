"""What a recommendation or a decision rests on: the proposal, its conditions, and whether it stands.

Owns the conditions that can be set (measures that close an open clause, and programme modules that
prepare for them) and the check of a proposal against an evaluation. The rule itself is pure and in
``portal/domain/grants.py``. Recommending and deciding ask here alike, each on its own day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, union_all

from portal.domain.cases import Verdict
from portal.domain.credentials import Standing as FactStanding
from portal.domain.errors import Refused
from portal.domain.grants import (
    Standing,
    require_conditions_suffice,
    require_grantable,
    standing_of,
)
from portal.domain.reasons_for_decline import (
    DeclineReason,
    Footing,
    read_reasons,
    require_footing,
)
from portal.domain.recognitions import Status
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.results import Evaluation
from portal.domain.texts import Text
from portal.models.cases import Case, RecordedJudgement
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import PersonalFact
from portal.models.programmes import Module, Programme
from portal.models.recognitions import Recognition
from portal.services.facts import status_of
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class Condition:
    """Something to finish: a measure or a module, the qualification it must give, and by when.

    ``covers`` is true when finishing it closes its clause; a module that only prepares for the
    measure stands beside it and covers nothing.
    """

    clause: str
    measure: str
    gives: str
    title: Text
    covers: bool
    due_on: date | None = None

    @property
    def key(self) -> str:
        """Names the condition among those on offer for one case."""
        return f"{self.clause}/{self.measure}"

    def to_json(self) -> dict[str, object]:
        """The form that is kept; ``gives`` is what finishing conditions looks for."""
        return {
            "clause": self.clause,
            "measure": self.measure,
            "gives": self.gives,
            "title": self.title.to_json(),
            "covers": self.covers,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    @staticmethod
    def from_json(kept: Mapping[str, Any]) -> Condition:
        """Read what ``to_json`` wrote."""
        due_on = kept["due_on"]
        return Condition(
            clause=str(kept["clause"]),
            measure=str(kept["measure"]),
            gives=str(kept["gives"]),
            title=Text.from_json(kept["title"]),
            covers=kept["covers"] is True,
            due_on=date.fromisoformat(str(due_on)) if due_on else None,
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer would have done: a verdict with the reasons or conditions it needs."""

    verdict: Verdict
    reasons: tuple[DeclineReason, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def covered(self) -> frozenset[str]:
        """The clauses the conditions close."""
        return frozenset(one.clause for one in self.conditions if one.covers)


def findings_of(house: House, case_id: UUID) -> dict[str, bool]:
    """The officers' newest finding on each clause of a case."""
    rows = house.session.execute(
        select(RecordedJudgement.clause, RecordedJudgement.finding)
        .where(RecordedJudgement.case_id == case_id)
        .order_by(RecordedJudgement.at, RecordedJudgement.id)
    )
    return dict(rows.all())


def conditions_on_offer(
    house: House, evaluation: Evaluation, findings: Mapping[str, bool]
) -> tuple[Condition, ...]:
    """The conditions that could be set, in the order of the rule: one statement.

    For each clause only the person can close: the measures the rulebook names for it that give a
    qualification, then the modules that prepare for one of them.
    """
    version = house.rulebook.targets[evaluation.target_id].in_force(evaluation.on)
    missing = standing_of(evaluation, findings=findings).missing
    modules = _modules(house) if missing else []
    offers: dict[str, Condition] = {}
    for clause_id in missing:
        for offer in _offers_for(house, version.clauses[clause_id], modules):
            offers[offer.key] = offer
    return tuple(offers.values())


def propose(
    house: House,
    evaluation: Evaluation,
    findings: Mapping[str, bool],
    *,
    verdict: Verdict,
    reason_codes: Iterable[str] = (),
    conditions: Mapping[str, date | None] | None = None,
) -> Proposal:
    """Read what an officer chose. ``conditions`` maps the keys of offers to due days.

    Refuses unknown reasons, conditions that are not on offer, and a due day that has passed.
    """
    if verdict is Verdict.DECLINE:
        return Proposal(verdict, reasons=read_reasons(reason_codes))
    if verdict is Verdict.GRANT:
        return Proposal(verdict)
    offers = {offer.key: offer for offer in conditions_on_offer(house, evaluation, findings)}
    chosen = [_chosen(house, offers, key, due) for key, due in (conditions or {}).items()]
    return Proposal(verdict, conditions=tuple(chosen))


def require_proposal(
    house: House,
    case: Case,
    evaluation: Evaluation,
    findings: Mapping[str, bool],
    proposal: Proposal,
) -> Standing:
    """Refuse a proposal that an evaluation on verified facts does not bear out; gives where it stands."""
    standing = standing_of(evaluation, findings=findings)
    if proposal.verdict is Verdict.GRANT:
        require_grantable(standing)
        return standing
    if proposal.verdict is Verdict.GRANT_WITH_CONDITIONS:
        if any(one.clause not in standing.missing for one in proposal.conditions):
            raise Refused("decision.conditions_not_needed", field="conditions")
        return require_conditions_suffice(evaluation, findings=findings, covered=proposal.covered)
    _refuse_decline_over_recognition(house, case)
    require_footing(proposal.reasons, _footing(house, case, evaluation, standing))
    return standing


def _chosen(house: House, offers: Mapping[str, Condition], key: str, due_on: date | None) -> Condition:
    offer = offers.get(key)
    if offer is None:
        raise Refused("decision.conditions_not_needed", field="conditions")
    if due_on is not None and due_on <= house.clock.today():
        raise Refused("condition.due_in_the_past", field="due_on")
    return Condition(offer.clause, offer.measure, offer.gives, offer.title, offer.covers, due_on)


def _offers_for(house: House, clause: Clause, modules: Sequence[_Module]) -> Iterable[Condition]:
    accepted = _accepted(clause)
    for measure_id in clause.closed_by:
        measure = house.rulebook.measures[measure_id]
        gives = str(measure.more.get("gives") or "")
        if gives:
            accepted.add(gives)
            yield Condition(clause.id, measure_id, gives, measure.title, covers=True)
    for module in modules:
        covers = module.gives in accepted
        if covers or accepted & _prepares_for(house, module.gives):
            yield Condition(clause.id, f"module.{module.id}", module.gives, module.title, covers=covers)


def _accepted(clause: Clause) -> set[str]:
    """The qualifications a clause takes; nothing for a clause that asks for something else."""
    if not isinstance(clause, Leaf):
        return set()
    codes = clause.parameters.get("any_of", ())
    return {str(code) for code in codes} if isinstance(codes, tuple) else set()


def _prepares_for(house: House, gives: str) -> set[str]:
    found: set[str] = set()
    for measure in house.rulebook.measures.values():
        codes = measure.more.get("prepares_for", ())
        if measure.more.get("gives") == gives and isinstance(codes, list | tuple):
            found.update(str(code) for code in codes)
    return found


@dataclass(frozen=True, slots=True)
class _Module:
    """A programme module by the name a letter can use: its programme's, then its own."""

    id: UUID
    gives: str
    title: Text


def _modules(house: House) -> Sequence[_Module]:
    rows = house.session.execute(
        select(Module.id, Module.gives, Programme.title, Module.title)
        .join(Programme, Programme.id == Module.programme_id)
        .where(Module.gives != "")
        .order_by(Programme.code, Module.position)
    )
    return [
        _Module(key, gives, _in_programme(Text.from_json(programme), Text.from_json(module)))
        for key, gives, programme, module in rows
    ]


def _in_programme(programme: Text, module: Text) -> Text:
    return Text(
        f"{programme.en}: {module.en}",
        f"{programme.zh_hant}：{module.zh_hant}",
        f"{programme.zh_hans}：{module.zh_hans}",
    )


def _refuse_decline_over_recognition(house: House, case: Case) -> None:
    """A recognition once granted ends by revocation, with its own reasons, never by a decline."""
    standing = house.session.scalars(select(Recognition).where(Recognition.case_id == case.id)).one_or_none()
    if standing is None:
        return
    if status_of(standing, on=house.clock.today()) not in (Status.REVOKED, Status.EXPIRED):
        raise Refused("decision.recognition_stands")


def _footing(house: House, case: Case, evaluation: Evaluation, standing: Standing) -> Footing:
    rejected = union_all(
        *(
            select(literal(1)).where(
                table.person_id == case.person_id, table.standing == FactStanding.REJECTED
            )
            for table in (Credential, WorkPeriod, PersonalFact)
        )
    )
    return Footing(
        has_open_clauses=evaluation.outcome.is_open and not standing.carries,
        has_finding_against=bool(standing.against),
        has_rejected_fact=house.session.execute(rejected.limit(1)).first() is not None,
    )
