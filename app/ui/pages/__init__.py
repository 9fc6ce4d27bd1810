"""The six pages of the wizard, one file each, named like the steps.

A page shows the draft and gives back a changed one; it does no work of its own.
"""
