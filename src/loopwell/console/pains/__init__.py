"""Staff pages: the pain map, what makes promoters, and one problem on a page."""
