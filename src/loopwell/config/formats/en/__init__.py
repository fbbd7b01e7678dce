"""English as the world reads it: the day before the month, the month as a word."""
