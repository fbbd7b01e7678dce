"""Staff pages: the moments of customers' journeys, and how each is judged."""
