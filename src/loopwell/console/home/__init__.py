"""Staff pages: home."""
