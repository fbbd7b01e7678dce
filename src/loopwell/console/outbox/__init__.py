"""Staff pages: outbox."""
