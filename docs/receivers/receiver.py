# Receives events of Pulsehook and keeps each as a file. Try it: python3 receiver.py
import base64, hashlib, hmac, json, os, re, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = [base64.b64decode(secret.removeprefix("whsec_")) for secret in os.environ["PULSEHOOK_SECRET"].split()]


def verified(headers, body):
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not re.fullmatch("[A-Za-z0-9-]+", id) or not re.fullmatch("[0-9]+", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > 300:
        return False
    sent = headers.get("webhook-signature", "").encode().split()
    signed = f"{id}.{timestamp}.".encode() + body
    expected = [b"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)) for key in KEYS]
    return any(hmac.compare_digest(one, other) for one in expected for other in sent)


# Your part. An event can come again: id is then the same, so use it as the key of what you store or send.
def handle(id, event, body):
    os.makedirs("events", exist_ok=True)
    with open(f"events/{id}.new", "wb") as file:
        file.write(body)
    os.replace(f"events/{id}.new", f"events/{id}.json")
    details = (event["message"] or {}).get("text") or (event["data"] or {}).get("status") or ""
    print(event["type"], details, flush=True)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))  # The bytes as they came.
        try:
            self.answer(self.status(body))
        except Exception as error:
            self.log_error("%r", error)
            self.answer(500)  # Whatever fails, Pulsehook sends the event again.

    def status(self, body):
        if not verified(self.headers, body):
            return 401
        if "pulsehook-test" not in self.headers:  # Else somebody pressed "Send a test".
            handle(self.headers["webhook-id"], json.loads(body), body)
        return 204

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 9000))), Receiver).serve_forever()
