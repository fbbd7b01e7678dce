"""Staff pages: how calls are led."""
