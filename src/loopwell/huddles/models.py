"""What does a team agree on each week, and what does it raise upwards?"""
