"""The help beside the window: plain pages for each step and each provider.

Shows what resources/help holds; no step's or provider's words are here.
"""
