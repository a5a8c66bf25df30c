"""Tests of the programmes’s pages."""
