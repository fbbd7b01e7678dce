"""Staff pages: recovery."""
