"""Staff pages: what is used, by team."""
