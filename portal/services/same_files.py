"""The same file on two people's shelves: a matter for officers, who see that it is so and seldom whose.

Owns the comparison by digests, of what was handed in and of what is kept. It accuses nobody: two
people may rightly hold one letter. The people concerned are told nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from portal.domain.people import Actor
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.people import Person
from portal.services.evidence_opening import case_open_to
from portal.services.house import House
from portal.services.shelf import ShelvedFile


@dataclass(frozen=True, slots=True, order=True)
class OtherHolder:
    """Somebody else who handed in the same file, and the case through which this officer knows them.

    Both are empty for a person whose shelf is not open to the officer who reads.
    """

    name: str
    reference: str


SOMEBODY = OtherHolder("", "")


def also_handed_in(
    house: House, actor: Actor, person_id: UUID, files: Sequence[ShelvedFile]
) -> Mapping[UUID, tuple[OtherHolder, ...]]:
    """For each file that another person handed in too: those persons, as far as this officer may know.

    A person whose shelf is not open to the officer stands as ``SOMEBODY``. Nothing is asked of the
    database unless there is something to tell.
    """
    digests = {
        digest for file in files if file.is_elsewhere for digest in (file.sha256, file.uploaded_sha256)
    }
    if not digests:
        return {}
    rows = house.session.execute(
        select(EvidenceFile.sha256, EvidenceFile.uploaded_sha256, Person, case_open_to(actor))
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .join(Person, Person.id == Evidence.person_id)
        .where(
            Evidence.person_id != person_id,
            or_(EvidenceFile.sha256.in_(digests), EvidenceFile.uploaded_sha256.in_(digests)),
        )
    ).all()
    holders: defaultdict[str, dict[UUID, OtherHolder]] = defaultdict(dict)
    for kept, uploaded, person, reference in rows:
        name = person.name_latin or person.name_chinese
        holder = OtherHolder(name, reference) if reference else SOMEBODY
        for digest in (kept, uploaded):
            holders[digest][person.id] = holder
    found = {
        file.id: {**holders.get(file.sha256, {}), **holders.get(file.uploaded_sha256, {})} for file in files
    }
    return {key: tuple(sorted(names.values())) for key, names in found.items() if names}
