"""Taking photographs: evaluations frozen with all they rest on, so that years later they replay."""

from __future__ import annotations

from portal.domain.dossier import Dossier
from portal.domain.dossier_json import dossier_to_json
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, Photograph
from portal.services.facts import dossier_of
from portal.services.house import House


def take_photographs(house: House, case: Case) -> dict[Basis, Photograph]:
    """Evaluate a case today on both bases and keep both answers; the caller commits."""
    today = house.clock.today()
    dossier = dossier_of(house, case.person_id, on=today, case_id=case.id)
    return {basis: _take(house, case, dossier, basis) for basis in Basis}


def evaluate_case(house: House, case: Case, basis: Basis) -> Evaluation:
    """Evaluate a case today without keeping the answer."""
    today = house.clock.today()
    dossier = dossier_of(house, case.person_id, on=today, case_id=case.id)
    return evaluate(house.rulebook.targets[case.target], dossier, on=today, basis=basis)


def _take(house: House, case: Case, dossier: Dossier, basis: Basis) -> Photograph:
    today = house.clock.today()
    answer = evaluate(house.rulebook.targets[case.target], dossier, on=today, basis=basis)
    photograph = Photograph(
        id=house.new_key(),
        case_id=case.id,
        target=case.target,
        basis=basis,
        on=today,
        release_digest=house.rulebook.digest,
        outcome=answer.outcome,
        dossier=dossier_to_json(dossier),
        tree=answer.to_json(),
        taken_at=house.clock.now(),
    )
    house.session.add(photograph)
    return photograph
