"""A pretend provider on this machine: rooms that answer as the providers' documents say they would.

Written from those documents alone; knows nothing of our client, so it can't copy the client's mistakes.
"""
