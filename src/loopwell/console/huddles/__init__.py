"""Staff pages: huddles and commitments."""
