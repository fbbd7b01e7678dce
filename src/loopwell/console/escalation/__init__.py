"""Staff pages: what happens to late cases."""
