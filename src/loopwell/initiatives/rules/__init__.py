"""What holds for initiatives whatever is stored: moves, dependencies, spread, ranking, budget?"""
