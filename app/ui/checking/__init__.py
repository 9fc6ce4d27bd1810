"""What the page on which contacts are checked is made of: the list, its table, its changes, its questions.

Each piece knows its own part of the page; what it looks like is widgets/, and the page puts them together.
"""
