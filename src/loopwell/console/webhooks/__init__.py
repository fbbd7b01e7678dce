"""Staff pages: webhooks."""
