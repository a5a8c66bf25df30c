"""What can go wrong in the words of the domain, and nothing about how a door shows it.

Every error carries a stable code ``noun.reason`` and the facts its message needs.
The doors own the wording and the status: see ``portal/web/outcomes.py``.
"""

from __future__ import annotations

from datetime import date, datetime

Param = str | int | date | datetime


class PortalError(Exception):
    """A refusal the portal understands; anything else is a fault of ours."""

    def __init__(self, code: str, *, field: str | None = None, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class Refused(PortalError):
    """The request was understood and cannot be done as asked; ``field`` names the control to mend."""


class NotPermitted(PortalError):
    """The actor is known and has no right to this."""


class NotFound(PortalError):
    """Nothing here that this actor may know of; also the answer to strangers who guess."""


class Conflict(PortalError):
    """Somebody changed it meanwhile, or it has already moved on."""


class AlreadyDone(PortalError):
    """The same form was sent twice; ``result`` is what the first sending produced."""

    def __init__(self, result: str) -> None:
        super().__init__("form.already_sent", result=result)
        self.result = result
