"""XML encryption of attachments: AES-128-GCM content, keys wrapped by RSA-OAEP or by key agreement."""
