"""Staff pages: status."""
