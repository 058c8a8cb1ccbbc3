"""Tests of what is published as data."""
