"""Staff pages: imports."""
