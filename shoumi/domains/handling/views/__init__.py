"""Pages that a register cannot say: signing for batches, drawing up lists, statements, stock-takes."""
