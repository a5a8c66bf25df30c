"""A document as an officer reads it: what its owner reads, whether it held on the day of the case, and
whether somebody else handed in the same file.

Owns what officers alone are told. It must not judge: the same file on two shelves proves nothing.
"""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from portal.services.case_files import CaseFile
from portal.services.house import House
from portal.services.same_files import SOMEBODY, OtherHolder
from portal.services.shelf import ShelvedDocument
from portal.web.formatting import day
from portal.web.professional.evidence.views import DocumentView, Flag, document_view
from portal.wording.dates import BOTH_BANKS


def desk_document(house: House, file: CaseFile, document: ShelvedDocument) -> DocumentView:
    """Prepare a document of one case."""
    flags = {key: tuple(map(_flag, holders)) for key, holders in file.same_files.items()}
    return document_view(house, document, run_out=_run_out(house, file, document), flags=flags)


def _flag(holder: OtherHolder) -> Flag:
    if holder == SOMEBODY:
        return Flag(_("The same file was also handed in by another person."))
    return Flag(
        _("The same file was also handed in by %(name)s.", name=holder.name),
        _("Case %(reference)s", reference=holder.reference),
        url_for("administrator.case", reference=holder.reference),
    )


def _run_out(house: House, file: CaseFile, document: ShelvedDocument) -> str:
    until = document.said.validity.valid_until
    if until is None:
        return ""
    if document.has_run_out(on=file.submitted_at.astimezone(BOTH_BANKS).date()):
        return _(
            "Ran out on %(day)s, before this application was made: it does not support it.", day=day(until)
        )
    if document.has_run_out(on=house.clock.today()):
        return _("Ran out on %(day)s, after this application was made.", day=day(until))
    return ""
