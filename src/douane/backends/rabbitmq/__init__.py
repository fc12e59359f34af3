"""Queues on RabbitMQ: quorum queues, publisher confirms, a dead-letter route for every queue."""
