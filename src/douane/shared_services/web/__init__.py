"""What every web door needs: bounded reading of requests, answers in one write, problem details."""
