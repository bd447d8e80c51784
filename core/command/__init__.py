"""The command line, as thin as a page. Holds no rule."""
