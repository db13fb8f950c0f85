"""收发文: incoming papers and telegrams, from the signature on the envelope to their close."""
