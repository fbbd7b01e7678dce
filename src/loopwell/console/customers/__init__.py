"""Staff pages: customers."""
