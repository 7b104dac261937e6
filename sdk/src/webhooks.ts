import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { WebhookEvent } from "./webhook-event.ts";

export { type WebhookEvent, WebhookVerificationError };

type ReceivedWebhook = {
  /** The body as it came, not parsed and written anew: the signature is over its bytes. */
  readonly body: string;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the endpoint (`whsec_…`); both, while you rotate it. */
  readonly secret: string | readonly string[];
};

const SIGNED = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/**
 * Reads a webhook (Standard Webhooks): answers the event, or throws `WebhookVerificationError` where the signature is not of that secret or
 * the message is older or newer than five minutes. An event may come twice: do it once for each `id`.
 */
export function verifyWebhook({ body, headers, secret }: ReceivedWebhook): WebhookEvent {
  const signed = Object.fromEntries(SIGNED.map((name) => [name, readHeader(headers, name)]));
  let refusal: unknown;
  for (const one of typeof secret === "string" ? [secret] : secret) {
    try {
      return new Webhook(one).verify(body, signed) as WebhookEvent;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      refusal = error;
    }
  }
  throw refusal ?? new WebhookVerificationError("There is no secret to verify with");
}

function readHeader(headers: ReceivedWebhook["headers"], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}
