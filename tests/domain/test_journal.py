"""A journal entry carries exactly what its kind needs."""

from __future__ import annotations

import pytest

from portal.domain.journal import ENTRY_KINDS, require_complete


@pytest.mark.parametrize("kind", sorted(ENTRY_KINDS))
def test_every_kind_is_accepted_with_its_facts_and_refused_with_one_less(kind: str) -> None:
    facts = dict.fromkeys(ENTRY_KINDS[kind], "x")
    require_complete(kind, facts)
    facts.popitem()
    with pytest.raises(ValueError, match=kind):
        require_complete(kind, facts)


def test_an_extra_fact_and_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"case\.withdrawn"):
        require_complete("case.withdrawn", {"case": "x", "hkid": "never"})
    with pytest.raises(ValueError, match="unknown"):
        require_complete("case.daydreamt", {})
