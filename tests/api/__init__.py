"""The public API as programs meet it."""
