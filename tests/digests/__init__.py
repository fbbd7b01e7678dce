"""Tests of the app digests."""
