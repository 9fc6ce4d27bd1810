"""Runs one function in a child process, where it can neither slow down nor crash the window.

Knows processes, pipes and how work talks (Progress, Stop, Problem); refuses to know what the work is about.

A child is a fresh interpreter ("spawn"). Two pipes join it to us:

    orders    us -> child    "stop"; its end means that we are gone, and then the child goes too
    reports   child -> us    Progress and log records, then the last word: answer, problem, stopped or crash

A child that ends without a last word was ended from outside, or by a fault below Python.

The programs that use this must call `multiprocessing.freeze_support()` first thing (main does: in a packaged
program the child starts as the same executable), and their main module must do nothing when only imported.
"""

from app.child.parent import ChildCrashed, run_in_child

__all__ = ["ChildCrashed", "run_in_child"]
