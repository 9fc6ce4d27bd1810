"""The wizard without its widgets: the draft, the steps, and the work each of them does.

The window and the command line both drive an import through this room. It never names a provider.
"""
