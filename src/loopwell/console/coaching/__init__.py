"""Staff pages: what customers say about the person who is logged in."""
