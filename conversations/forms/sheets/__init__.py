"""Sheets of questions (XLSForm): what their rows mean as a call's own questions."""
