"""Tests of the portal’s web."""
