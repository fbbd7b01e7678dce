"""Which initiatives are there, how do they stand, and which come first?"""
