"""Paths and options -> results: the order of the stages, and no algorithm.

A package, so that `kejidiff.scan` and `kejidiff.show` can be the functions their names promise.
"""
