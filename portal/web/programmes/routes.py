"""The programme manager's pages, topic by topic."""

from __future__ import annotations

from portal.web.programmes import cohort_routes, programme_routes, result_routes
from portal.web.programmes.blueprint import programmes

__all__ = ["cohort_routes", "programme_routes", "programmes", "result_routes"]
