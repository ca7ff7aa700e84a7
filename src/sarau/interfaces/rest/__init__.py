"""REST under /api/v1: JSON, problem details (RFC 9457), an OpenAPI document."""
