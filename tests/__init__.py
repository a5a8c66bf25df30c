"""Tests of the portal, in the order of its floors."""
