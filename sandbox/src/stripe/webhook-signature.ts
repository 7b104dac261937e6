import { createHmac } from "node:crypto";

/**
 * The Stripe-Signature header of a payload: HMAC-SHA256 of `timestamp.payload` under the endpoint's whole secret
 * (https://docs.stripe.com/webhooks/signature).
 */
export function signWebhook(input: { readonly payload: string; readonly secret: string; readonly at: Date }): string {
  const timestamp = Math.floor(input.at.getTime() / 1000);
  const signature = createHmac("sha256", input.secret).update(`${timestamp}.${input.payload}`).digest("hex");
  return `t=${timestamp},v1=${signature}`;
}
