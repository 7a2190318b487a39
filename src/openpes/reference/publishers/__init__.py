"""The publishers' own formats of taxonomies, read row by row. Pure: files in, records out, no database.

sources.py   a folder or a zip, however nested, safely opened; what is in it, checked before a row is read
records.py   what a row says: a concept, a text, a relation, or why it was not taken
esco.py, onet.py, tabiya.py    one format each: `recognise(file)` and `records(...)`
"""
