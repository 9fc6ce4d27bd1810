"""Runs one function in a child process, where it can neither slow down nor crash the window.

Knows processes, pipes and how work talks (Progress, Stop, Problem); refuses to know what the work is about.

A child is a fresh interpreter that imports what the function needs and nothing of the program that started
it: people wait for it. Two pipes, its standard input and output, join it to us:

    orders    us -> child    the work, then perhaps "stop"; the end means that we are gone, so the child goes
    reports   child -> us    Progress and log records, then the last word: answer, problem, stopped or crash

A child that ends without a last word was ended from outside, or by a fault below Python.

In a packaged program the child is the same executable, called with CHILD as its only argument (`words`):
`app.__main__` then calls `inside.serve` and nothing else.
"""
