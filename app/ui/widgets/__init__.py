"""Small widgets used by more than one page.

Each knows how to show one thing, and nothing about the import.
"""
