"""The table of sentences people read in review: every reason, as the shipped worked cases bring it about.

    python -m tests.wording.sentence_table > tests/wording/sentences.md

accepts the sentences as they are now. A reason no worked case brings about is said of chosen values.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.reasons import REASONS, Because, ParamKind, ParamValue
from portal.domain.rules.vocabulary import Basis
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook, load
from portal.wording.languages import LANGUAGES
from portal.wording.sentences import Sayer

HEAD = "| reason | " + " | ".join(language.tag for language in LANGUAGES) + " |"
Said = tuple[Because, Mapping[str, Text]]
_PAPER, _CLAUSE = "hksi.le.paper-1", "the_paper"
_TITLES = {_CLAUSE: Text("HKSI Paper 1 passed", "通過卷一", "通过卷一")}
_DAYS = {"on": date(2024, 3, 2), "ended_on": date(2024, 3, 2), "since": date(2024, 3, 2)}
_CHOSEN: dict[ParamKind, ParamValue] = {
    ParamKind.QUALIFICATION: _PAPER,
    ParamKind.QUALIFICATIONS: (_PAPER,),
    ParamKind.DAY: date(2027, 3, 2),
    ParamKind.MONTHS: Decimal("40"),
    ParamKind.NUMBER: 36,
    ParamKind.ATTRIBUTE: "field",
    ParamKind.FACT: "chinese_citizen",
    ParamKind.TARGET: "sz.amac.practitioner",
    ParamKind.SITTING: "2026-1",
    ParamKind.CLAUSE: _CLAUSE,
    ParamKind.CLAUSES: (_CLAUSE,),
    ParamKind.LEVEL: "bachelor",
    ParamKind.EMPLOYER_KIND: "hk-authorized-institution",
}


def sentence_table(rulebook: Rulebook) -> str:
    """The whole table, one line a reason, in the order of the registry."""
    found = _first_of_each(rulebook)
    lines = [HEAD, "|---" * (len(LANGUAGES) + 1) + "|"]
    for code in REASONS:
        because, titles = found.get(code) or _chosen(code)
        said = [Sayer(rulebook, language, titles).say(because) for language in LANGUAGES]
        lines.append("| " + " | ".join((code, *said)) + " |")
    return "\n".join(lines) + "\n"


def _first_of_each(rulebook: Rulebook) -> dict[str, Said]:
    """The first time each reason is given, over all worked cases and both bases."""
    found: dict[str, Said] = {}
    for case in rulebook.cases:
        target = rulebook.targets[case.target]
        if case.on < target.ruleset.versions[0].in_force_from:
            continue
        titles = {name: clause.title for name, clause in target.in_force(case.on).clauses.items()}
        for basis in Basis:
            for result in evaluate(target, case.dossier, on=case.on, basis=basis).root.walk():
                found.setdefault(result.because.code, (result.because, titles))
    return found


def _chosen(code: str) -> Said:
    begun = {} if code.endswith(".not_yet") else _DAYS
    params = {name: begun.get(name, _CHOSEN.get(kind, "")) for name, kind in REASONS[code].items()}
    if code.startswith("at_least."):
        params |= {"found": 1, "needed": 2}
    if code.startswith("age."):
        params |= {"years": 18}
    return Because(code, params), _TITLES


if __name__ == "__main__":
    sys.stdout.write(sentence_table(load()))
