<?php
// Receives events of Pulsehook and keeps each as a file. Try it: php -S 127.0.0.1:9000 receiver.php

function verified(string $secrets, string $id, string $timestamp, string $signatures, string $body): bool
{
    if (!preg_match('/^[A-Za-z0-9-]+$/', $id) || !ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    foreach (explode(' ', $secrets) as $secret) {
        $key = base64_decode(substr($secret, strlen('whsec_')));
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach (explode(' ', $signatures) as $signature) {
            if ($key !== '' && hash_equals($expected, $signature)) {
                return true;
            }
        }
    }
    return false;
}

// Your part. An event can come again: $id is then the same, so use it as the key of what you store or send.
function handle(string $id, array $event, string $body): void
{
    @mkdir('events');
    if (file_put_contents("events/$id.new", $body) === false || !rename("events/$id.new", "events/$id.json")) {
        throw new RuntimeException('The event cannot be stored.');
    }
    error_log($event['type'] . ' ' . ($event['message']['text'] ?? $event['data']['status'] ?? ''));
}

http_response_code(500); // Whatever fails from here on, Pulsehook sends the event again.
$body = file_get_contents('php://input'); // The bytes as they came: do not encode the JSON again.
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$signatures = $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '';
if (!verified(getenv('PULSEHOOK_SECRET') ?: '', $id, $timestamp, $signatures, $body)) {
    http_response_code(401);
    exit;
}
if (!isset($_SERVER['HTTP_PULSEHOOK_TEST'])) { // Somebody pressed "Send a test".
    handle($id, json_decode($body, true, 512, JSON_THROW_ON_ERROR), $body);
}
http_response_code(204);
