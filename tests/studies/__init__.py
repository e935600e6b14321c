"""Long studies: the engine against independent answers, in as many worlds as the question takes; `make studies`."""
