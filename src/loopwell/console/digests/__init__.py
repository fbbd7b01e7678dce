"""Staff pages: one's own digests, and the pages their links lead to."""
