"""Tests of the portal’s journeys."""
