"""Files to sheets: what stands in each cell, and nothing about what it means."""
