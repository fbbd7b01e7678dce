"""Tests of the loop with one customer."""
