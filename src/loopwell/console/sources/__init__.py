"""Staff pages: where interactions come from, and those that wait for their customer."""
