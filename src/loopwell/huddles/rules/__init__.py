"""What decides about huddles and issues, without the database."""
