"""Carries the batches of a ledger to a provider, and writes down what became of them.

Knows steps, verdicts and states; refuses to know which provider it drives, and what a window is.
"""
