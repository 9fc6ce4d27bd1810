"""The window: the only room that knows Qt.

Shows drafts and gives them back changed; what an import is and does is flow's.
"""
