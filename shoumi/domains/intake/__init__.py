"""旧台账接收: the paper ledgers and spreadsheets of before come in, checked line by line."""
