"""Finding Korean text: one index a government, replicas that follow the queue."""
