"""Staff pages: keys."""
