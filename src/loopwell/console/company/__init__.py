"""Staff pages: company."""
