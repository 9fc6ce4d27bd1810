"""Qt models over what the ledger holds: tables that read one page at a time.

They ask the ledger and format for the eye; they decide nothing.
"""
