"""The table room turns a file into rows: numbered as the user sees them, every cell as text.

It refuses to know of contacts, ledgers, providers and windows; it is the one door to spreadsheet libraries.

    recognition  what is this file, by its content        shape    the words of this room
    workbook     sheets, styles, date system of an .xlsx   sheet    rows of one sheet
    textfile     records of a .csv                         headers  which row names the columns
    reading      open_table: the way in                    writing  write_table: the way out
"""
