"""What does any export say about loyalty, without a server or set-up? (`loopwell report FILE`)"""
