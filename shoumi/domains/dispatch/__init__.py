"""发文与机要交换: a letter from its draft to its receipt, and the runs that carry it."""
