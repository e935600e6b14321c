"""Many evenings: which structure is better, which numbers decide, and how sure the answer is."""
