"""CSI-like queue messages: quality of service, reports, queue names, and how they stand in AMQP. No I/O.

The wire format of CCN gateways is not public; what is here emulates its published semantics under its words.
"""
