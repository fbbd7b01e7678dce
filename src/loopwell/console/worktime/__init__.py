"""Staff pages: working time."""
