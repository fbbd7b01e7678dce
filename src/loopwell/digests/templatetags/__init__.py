"""Words and numbers in digests."""
