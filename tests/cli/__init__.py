"""Tests of the portal’s cli."""
