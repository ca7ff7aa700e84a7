"""The limit for files: nginx with one worker and sendfile, on a configuration of our own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.server import free_port

from bench.context import Bench, Failure
from bench.processes import Running, started

_CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 8192; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    default_type audio/wav;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location /files/ {{ alias {files}/; }}
        location = /small {{ default_type application/json; return 200 '{{"status":"ok"}}'; }}
    }}
}}
"""


class Nginx:
    """A running nginx."""

    def __init__(self, running: Running, port: int) -> None:
        self.running = running
        self.port = port


@contextmanager
def nginx(bench: Bench, files: Path) -> Iterator[Nginx]:
    """Serve a folder of files below /files/ on the core of servers."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise Failure("nginx is not installed: apt-get install nginx-light")
    folder, port = bench.fresh("nginx"), free_port()
    user = "user root;" if os.geteuid() == 0 else ""  # the files belong to who runs the bench
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, files=files, user=user))
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration)]
    with started(command, log=folder / "log", core=bench.server_core) as running:
        running.wait_ready(port, "/small")
        yield Nginx(running, port)
