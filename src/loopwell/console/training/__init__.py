"""Staff pages: training."""
