"""What is there to know for a huddle, and which issues are there?"""
