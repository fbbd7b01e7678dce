"""Staff pages: how many to ask."""
