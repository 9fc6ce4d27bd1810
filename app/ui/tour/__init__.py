"""The tour: the real wizard played on a practice account, with a picture of every page, state and dialog.

Goes a user's way and looks; what the pages show and do is theirs.
"""
