"""Supervision dashboard for a district's River Chief System (河长制督查看板)."""
