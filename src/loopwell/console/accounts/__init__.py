"""Staff pages: accounts."""
