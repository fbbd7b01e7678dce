"""Staff pages: one's own settings."""
