"""A journal entry carries exactly what its kind needs."""

from __future__ import annotations

import pytest

from portal.domain.journal import ENTRY_KINDS, require_complete


@pytest.mark.parametrize("kind", sorted(ENTRY_KINDS))
def test_every_kind_is_accepted_with_its_facts(kind: str) -> None:
    require_complete(kind, dict.fromkeys(ENTRY_KINDS[kind], "x"))


@pytest.mark.parametrize("kind", sorted(kind for kind, facts in ENTRY_KINDS.items() if facts))
def test_every_kind_is_refused_with_a_fact_less(kind: str) -> None:
    facts = dict.fromkeys(ENTRY_KINDS[kind], "x")
    facts.popitem()
    with pytest.raises(ValueError, match=kind):
        require_complete(kind, facts)


def test_an_extra_fact_and_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"case\.withdrawn"):
        require_complete("case.withdrawn", {"case": "x", "hkid": "never"})
    with pytest.raises(ValueError, match="unknown"):
        require_complete("case.daydreamt", {})
