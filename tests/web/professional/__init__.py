"""Tests of the professional’s pages."""
