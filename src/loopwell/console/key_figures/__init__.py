"""Staff pages: key figures of units beside the score."""
