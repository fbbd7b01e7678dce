"""Staff pages: the first start."""
