"""The weekly meeting (周例会): its agenda, screen by screen, what it decided, and what it is pinned to."""
