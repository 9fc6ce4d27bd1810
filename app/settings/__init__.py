"""What stays on this computer between runs: folders, preferences, accounts, and the way to the keyring.

Refuses to know contacts and providers; a secret never reaches any of its files.
"""
