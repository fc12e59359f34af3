"""The simulated union put together: machines, processes, judgement, and making a failure short."""
