"""AS4: ebMS 3 messages read, written, secured and judged without I/O; profiles eDelivery AS4 1.x and 2.0."""
