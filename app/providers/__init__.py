"""BATCH to REQUEST, RESPONSE to OUTCOMES: what to say to each provider, and what its answers mean.

Says what to say and never says it: no network, no ledger, no window. Providers never import each other.
"""
