"""Tests of the evaluator for whole registers."""
