"""Property tests are judged by what they find, not by how long a busy machine takes over one example.

`make test` draws the same examples every time, so that whoever is stopped by one is stopped by his own change;
`make test-full` draws new ones (`pytest --hypothesis-profile=fresh`)."""
from __future__ import annotations

from hypothesis import HealthCheck, settings

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", PATIENT, derandomize=True, database=None)
settings.register_profile("fresh", PATIENT)
