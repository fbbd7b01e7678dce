"""Staff pages: people code comments, a model learns from it, and new topics show up."""
