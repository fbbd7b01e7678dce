"""Staff pages: answers."""
