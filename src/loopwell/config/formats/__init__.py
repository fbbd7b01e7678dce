"""How are dates written where a language leaves room for misreading?"""
