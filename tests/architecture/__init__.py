"""Tests of the portal’s architecture."""
