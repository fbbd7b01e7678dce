"""Staff pages: issues that teams raise and the office answers."""
