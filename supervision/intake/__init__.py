"""Intake's judgement: from sheets to checked frames, and what is wrong with the rest."""
