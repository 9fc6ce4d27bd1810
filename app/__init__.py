"""Contact Ferry brings a spreadsheet of people into a messaging provider.

The flow, which is also the order of the rooms:

     file ─► Row ─► MappedContact ─► CheckedContact ─► Batch ─► Request ─► Outcome ─► Report
       table/     contacts/mapping   contacts/checking  batches   providers/   upload/    report
                              every arrow is written down in the ledger as it happens

A line may import only from lines below it (tests/test_architecture.py checks it):

    __main__ > main > ui, command, errands, self_test, arguments > terminal > flow > report > wording > upload
      > ledger > providers > batches > contacts > table > settings | practice
      > language | log | progress | problems | child

One door for each thing outside: Qt in ui/, httpx in upload/sending, sqlite3 in ledger/, keyring in
settings/credentials, spreadsheet libraries in table/ (and report, which writes through table/).
"""

__version__ = "0.1.0"
