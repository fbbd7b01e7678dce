"""Staff pages: how our messages and pages look to customers."""
