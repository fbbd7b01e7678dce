"""Staff pages: promoters."""
