// Draws every .chart[data-chart]; filled in below.
