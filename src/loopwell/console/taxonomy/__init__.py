"""Staff pages: the taxonomy, and what every act on it does to the past."""
