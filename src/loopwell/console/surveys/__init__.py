"""Staff pages: surveys."""
