"""Staff pages: who is away."""
