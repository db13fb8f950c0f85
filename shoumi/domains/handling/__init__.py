"""借阅、复制、携带外出、移交、清退、归档、销毁、清点、对账: what happens to a carrier after it was read."""
