"""Tests of the employer’s pages."""
