"""Staff pages: cases."""
