"""ROWS to CONTACTS: which column is which field, and whether what stands in it can be sent.

Knows fields, phones, e-mails and dates; refuses to know providers' calls, files, ledgers and windows.
"""
