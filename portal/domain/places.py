"""The two banks of the river."""

from __future__ import annotations

from enum import StrEnum


class Jurisdiction(StrEnum):
    """Whose rules apply. Mainland rules apply in Shenzhen."""

    HONG_KONG = "hk"
    SHENZHEN = "sz"

    @property
    def other(self) -> Jurisdiction:
        """The far bank."""
        return Jurisdiction.SHENZHEN if self is Jurisdiction.HONG_KONG else Jurisdiction.HONG_KONG
