"""Measures how news outlets word the same events: who calls whom what, in whose voice."""
