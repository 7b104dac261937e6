import Stripe from "stripe";

/** The API version this code was written against; Stripe answers in it whatever the account's default is. */
const API_VERSION = "2026-10-28.endive";
const TIMEOUT_MS = 20_000;

export type StripeSettings = {
  readonly secretKey: string;
  /** Another base than Stripe's own: the sandbox's. */
  readonly apiBase?: string;
  readonly timeoutMs?: number;
};

export type StripeClient = Stripe;

/**
 * The official client. It never retries by itself: a retry of a transfer is a decision that is written down first, and its own automatic
 * keys would not survive a restart.
 */
export function createStripeClient({ secretKey, apiBase, timeoutMs = TIMEOUT_MS }: StripeSettings): StripeClient {
  const base = apiBase === undefined ? {} : endpoint(new URL(apiBase));
  return new Stripe(secretKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    appInfo: { name: "Tributary" },
    ...base,
  });
}

const endpoint = (url: URL) => ({
  host: url.hostname,
  port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port),
  protocol: url.protocol === "https:" ? ("https" as const) : ("http" as const),
});

/** One harmless read that shows whether the key works. Throws what Stripe answers where it does not. */
export async function describeAccount(stripe: StripeClient): Promise<string> {
  const { available } = await stripe.balance.retrieve();
  const funds = available.map(({ amount, currency }) => `${amount} ${currency.toUpperCase()}`).join(", ");
  return `the key works; available, in minor units: ${funds === "" ? "nothing" : funds}`;
}
