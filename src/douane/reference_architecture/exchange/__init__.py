"""The model in formats of others: ArchiMate Open Exchange, CPSV-AP, AsyncAPI; and what comes back from them."""
