"""Units, people, roles and keys."""
