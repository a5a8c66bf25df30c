"""The same file on two people's shelves: a matter for officers, who see that it is so and seldom whose.

Owns the comparison by digests, of what was handed in and of what is kept. It accuses nobody: two
people may rightly hold one letter. The people concerned are told nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from portal.domain.people import Actor
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.people import Person
from portal.services.evidence import people_open_to
from portal.services.house import House
from portal.services.shelf import ShelvedFile

# What stands for a person whose shelf is not open to the officer who reads.
SOMEBODY = ""


def also_handed_in(
    house: House, actor: Actor, person_id: UUID, files: Sequence[ShelvedFile]
) -> Mapping[UUID, tuple[str, ...]]:
    """For each file that another person handed in too: those persons' names, as far as this officer may know.

    A person whose shelf is not open to the officer stands as ``SOMEBODY``. Nothing is asked of the
    database unless there is something to tell.
    """
    digests = {
        digest for file in files if file.is_elsewhere for digest in (file.sha256, file.uploaded_sha256)
    }
    if not digests:
        return {}
    rows = house.session.execute(
        select(EvidenceFile.sha256, EvidenceFile.uploaded_sha256, Person)
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .join(Person, Person.id == Evidence.person_id)
        .where(
            Evidence.person_id != person_id,
            or_(EvidenceFile.sha256.in_(digests), EvidenceFile.uploaded_sha256.in_(digests)),
        )
    ).all()
    known = people_open_to(house, actor, [person.id for _, _, person in rows])
    holders: defaultdict[str, dict[UUID, str]] = defaultdict(dict)
    for kept, uploaded, person in rows:
        name = (person.name_latin or person.name_chinese) if person.id in known else SOMEBODY
        for digest in (kept, uploaded):
            holders[digest][person.id] = name
    found = {
        file.id: {**holders.get(file.sha256, {}), **holders.get(file.uploaded_sha256, {})} for file in files
    }
    return {key: tuple(sorted(names.values())) for key, names in found.items() if names}
