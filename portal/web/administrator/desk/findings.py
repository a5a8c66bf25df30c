"""What the pages of one fact and of one finding show, prepared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.domain.cases import Stage
from portal.domain.credentials import FactKind
from portal.domain.errors import Conflict, NotFound
from portal.domain.grants import awaits_finding
from portal.services.assessment import VERIFIABLE
from portal.services.case_files import CaseFile
from portal.services.decision_files import DeskCase
from portal.services.house import House
from portal.web.administrator.desk.facts import FactRow, fact_rows
from portal.web.administrator.desk.pages import CaseHead, head_of, say_with
from portal.web.citations import CitationReader, CitationView
from portal.web.languages import current_language


@dataclass(frozen=True, slots=True)
class FactPage:
    """One fact to verify or reject."""

    head: CaseHead
    version: int
    fact: FactRow


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One clause to find for or against."""

    head: CaseHead
    version: int
    clause: str
    title: str
    because: str
    note: str
    citations: tuple[CitationView, ...]
    is_found: bool


def fact_page(house: House, file: CaseFile, kind: FactKind, fact_id: UUID) -> FactPage:
    """Prepare the page of a fact; ``page.not_found`` for one that is not in this file."""
    fact = next((one for one in file.facts if one.kind is kind and one.id == fact_id), None)
    if fact is None:
        raise NotFound("page.not_found")
    if file.stage not in VERIFIABLE:
        raise Conflict("case.not_in_stage")
    row = next(row for row in fact_rows(house, file, may_verify=True) if row.anchor == f"fact-{fact_id}")
    return FactPage(head=head_of(house, file), version=fact.version, fact=row)


def finding_page(house: House, case: DeskCase, clause_id: str) -> FindingPage:
    """Prepare the page of a finding; ``page.not_found`` for a clause that facts decide."""
    if case.stage is not Stage.UNDER_ASSESSMENT:
        raise Conflict("case.not_in_stage")
    leaves = {leaf.clause_id: leaf for leaf in case.verdicts.verified.leaves()}
    leaf = leaves.get(clause_id)
    if leaf is None or not awaits_finding(leaf.because):
        raise NotFound("page.not_found")
    version = house.rulebook.targets[case.target].in_force(case.on)
    clause = version.clauses[clause_id]
    locale = current_language().locale
    return FindingPage(
        head=head_of(house, case),
        version=case.version,
        clause=clause_id,
        title=clause.title.in_language(locale),
        because=say_with(house, version).say(leaf.because),
        note=clause.note.in_language(locale) if clause.note else "",
        citations=CitationReader(house.rulebook.sources).of_clause(clause),
        is_found=clause_id in case.findings,
    )
