"""AS4: an eDelivery access point over a door; messages pushed in, pulled, and pushed out."""
