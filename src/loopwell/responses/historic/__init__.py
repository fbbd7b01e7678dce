"""How do answers given elsewhere, before Loopwell, come in from a file?"""
