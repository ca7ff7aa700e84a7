"""The sections of the settings; every field has a default that suits a family's small machine."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Bytes = Annotated[int, Field(ge=0, le=2**60)]
Seconds = Annotated[int, Field(ge=1, le=10 * 366 * 86400)]
MIB = 1 << 20
GIB = 1 << 30


class Section(BaseModel):
    """A section refuses names it does not know: a typing error must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class House(Section):
    """What the house is called and where it stands."""

    name: str = Field("Sarau", min_length=1, max_length=80, description="The name shown to people.")
    url: str = Field("", pattern=r"^(https?://[^\s?#]+)?$", description="The address people reach it at, for links.")
    demo: bool = Field(True, description="Make the demo library when no music was given at the first start.")


class Data(Section):
    """Where everything lives."""

    path: Path = Field(Path("data"), description="Database, uploads, covers, caches and the secret key.")
    music: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        None, description="A folder of music, served in place as the first library."
    )


class Server(Section):
    """How it listens."""

    host: str = Field("127.0.0.1", description="The address to listen on; 0.0.0.0 for the whole network.")
    port: int = Field(4747, ge=0, le=65535, description="The HTTP port.")
    trusted_proxies: list[str] = Field([], description="Addresses whose X-Forwarded-For and -Proto are believed.")
    x_accel_prefix: str = Field("", description="Let nginx deliver files below this internal location.")
    metrics_token: str = Field(
        "", repr=False, description="Bearer token for /metrics; empty: only this machine may read it."
    )


class Grpc(Section):
    """The second door, for players, phones and devices."""

    enabled: bool = Field(True, description="Whether gRPC is spoken at all.")
    host: str = Field("", description="The address to listen on; empty: the one of the server section.")
    port: int = Field(50051, ge=0, le=65535, description="The gRPC port; 0: any that is free.")
    tls_certificate: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        None, description="PEM file of the certificate and those above it; `sarau certs` makes one for trying out."
    )
    tls_key: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        None, description="PEM file of the certificate's private key."
    )
    max_message_bytes: int = Field(4 * MIB, ge=64 << 10, le=64 * MIB, description="The largest message taken.")
    chunk_bytes: int = Field(256 << 10, ge=16 << 10, le=2 * MIB, description="Bytes of a file in one message.")
    keepalive_s: int = Field(60, ge=1, le=7200, description="Ask silent clients so often whether they are there.")
    calls_per_minute: int = Field(3000, ge=0, le=10**6, description="Calls of one person in a minute; 0: no limit.")
    calls_at_once: int = Field(500, ge=1, le=10**5, description="Calls of one person that are open at once.")


class DatabaseSection(Section):
    """Which database."""

    url: str = Field(
        "", repr=False, description="postgresql://user:password@host/name; empty for SQLite in the data folder."
    )
    pool_size: int = Field(10, ge=2, le=200, description="Connections to PostgreSQL.")


class Security(Section):
    """Secrets and how long they last."""

    secret: str = Field(
        "", repr=False, description="At least 32 characters; empty: a key is made in the data folder."
    )
    access_ttl_s: Seconds = Field(900, description="Life of an access token.")
    session_ttl_s: Seconds = Field(60 * 86400, description="A session ends when it was not used so long.")
    signed_url_ttl_s: Seconds = Field(6 * 3600, description="Life of a signed stream address.")
    secure_cookies: Literal["auto", "always"] = Field("auto", description="auto: Secure when reached by https.")
    sign_in_attempts: int = Field(10, ge=1, le=1000, description="Wrong passwords in five minutes, by account.")
    address_attempts: int = Field(50, ge=1, le=10000, description="Wrong attempts in five minutes, by address.")


class Uploads(Section):
    """What people may upload."""

    max_file_bytes: Bytes = Field(2 * GIB, description="The largest file.")
    quota_bytes: Bytes = Field(0, description="What one person may upload in all, unless set for them; 0: no limit.")
    keep_free_bytes: Bytes = Field(256 * MIB, description="Refuse uploads that would leave less disk than this.")
    bin_days: int = Field(30, ge=0, le=3650, description="How long deleted tracks can be restored.")


class Scanning(Section):
    """How folders are read."""

    watch: bool = Field(True, description="Notice changes in the folders as they happen.")
    interval_s: int = Field(6 * 3600, ge=0, le=365 * 86400, description="Scan again after so long; 0: never.")
    workers: int = Field(0, ge=0, le=64, description="Processes that read tags; 0: one per core.")


class Streaming(Section):
    """How sound is delivered."""

    transcodes: int = Field(
        max(1, (os.cpu_count() or 2) - 1), ge=1, le=64, description="Transcodes at the same time."
    )
    transcode_wait_s: float = Field(2.0, ge=0, le=60, description="How long a listener waits for a free one.")
    cache_bytes: Bytes = Field(2 * GIB, description="Disk for finished transcodes.")
    image_cache_bytes: Bytes = Field(512 * MIB, description="Disk for resized covers.")


class Sharing(Section):
    """Public links."""

    requests_per_minute: int = Field(
        600, ge=0, le=10**6, description="Requests by links from one address in a minute; 0: no links at all."
    )


class Logs(Section):
    """What is written about the running server."""

    format: Literal["auto", "json", "pretty"] = Field("auto", description="auto: pretty in a terminal, else JSON.")
    level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least level written.")
    activity_days: int = Field(365, ge=1, le=36500, description="How long the activity log is kept.")
