"""Staff pages: contact rules."""
