"""Staff pages: waves."""
