"""Staff pages: questions put together on one page."""
