"""Tests of the portal’s models."""
