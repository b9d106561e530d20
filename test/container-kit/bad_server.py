"""A server that breaks the contract in many ways, to see that the check still looks."""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Bad(BaseHTTPRequestHandler):
    count = 0

    def do_GET(self):
        time.sleep(2.1 if self.path == "/ping" else 0)
        self._answer(200, b"hello")

    def do_POST(self):
        Bad.count += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(500 if len(body) > 1_000_000 else 200, f"prediction {Bad.count}".encode())

    do_DELETE = do_GET  # noqa: N815

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Bad).serve_forever()
