import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { verifyWebhook, WebhookVerificationError } from "../src/webhooks.ts";

const [OLD, NEW, OTHER] = [
  "b2xkIHNlY3JldCBvZiBhIHRlc3Qh",
  "bmV3IHNlY3JldCBvZiBhIHRlc3Qh",
  "b3RoZXIgc2VjcmV0IG9mIGl0IQ==",
];
const BODY = JSON.stringify({
  id: "e1",
  type: "payout.completed",
  timestamp: "2026-03-01T12:00:00Z",
  data: { amount: 5 },
});

const signed = (secret = OLD, at = new Date()) => ({
  "webhook-id": "e1",
  "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
  "webhook-signature": new Webhook(secret).sign("e1", at, BODY),
});

it("a message of the secret is read, whichever way its headers come", () => {
  const headers = signed();
  for (const given of [headers, new Headers(headers)]) {
    expect(verifyWebhook({ body: BODY, headers: given, secret: OLD })).toMatchObject({ type: "payout.completed" });
  }
});

it("while a secret is rotated, either is taken", () => {
  for (const secret of [OLD, NEW]) {
    expect(verifyWebhook({ body: BODY, headers: signed(secret), secret: [NEW, OLD] }).id).toBe("e1");
  }
});

it("another secret, another body, an old message, a message without a signature and no secret at all are refused", () => {
  const hourAgo = new Date(Date.now() - 3_600_000);
  const refused = [
    { body: BODY, headers: signed(), secret: OTHER },
    { body: BODY.replace("5", "6"), headers: signed(), secret: OLD },
    { body: BODY, headers: signed(OLD, hourAgo), secret: OLD },
    { body: BODY, headers: {}, secret: OLD },
    { body: BODY, headers: signed(), secret: [] },
  ];
  for (const message of refused) expect(() => verifyWebhook(message)).toThrow(WebhookVerificationError);
});
