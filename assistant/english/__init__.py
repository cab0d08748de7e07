"""The English of the house as data: verbs with their forms, people, small words, phrases, and what asks them.

`data/` holds the tables, one word or phrase a line, sorted; `tables` reads them, `forms` inflects both ways, `classes`
says what kind of verb or word something is, `alike` brings words to one stem and compares names, `spelling` mends
slips. Nothing here knows what a process is.
"""
