"""Staff pages: answers held in doubt."""
