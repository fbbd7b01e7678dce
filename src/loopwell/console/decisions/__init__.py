"""Staff pages: the decision log."""
