"""Loopwell: ask customers the 0-10 question, act on each answer, learn and earn from them."""

__version__ = "0.1.0"
