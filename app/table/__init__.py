"""The table room turns a file into rows: numbered as the user sees them, every cell as text.

It refuses to know of contacts, ledgers, providers and windows; it is the one door to spreadsheet libraries.

    reading      open_table: the way in                  writing     write_table: the way out
    shape        the words of this room                  source      what every reader of a format offers
    recognition  what a file is, by its content          headers     which row names the columns
    faults       every way a file can disappoint         protection  opens what has a password
    notes        what was noticed on the way             notices     the same in words
    merged       repeats the value of merged cells

    .xlsx        package > markup > strings (textstore), workbook > cells > templates > sheet, tail
                 numbers, formatcodes, dates
    text         encodings > dialects > splitting > textfile
    all of them  packing (many rows in one piece)
    .xlsb        package > binaryrecords > binaryworkbook > binarysheet
    .ods, .xls   opendocumentlock > opendocument (opendocumentcells), oldworkbook
    the others   foreign
"""
