import type { Sandbox } from "@tributary/sandbox";
import { deriveKey, type Secrets } from "../../platform/crypto/index.ts";
import type { ComposeConfig } from "../compose-config.ts";
import type { Config } from "../config/config.ts";
import type { Home } from "./home.ts";
import type { Installation } from "./installation.ts";

export type RunningSandbox = {
  readonly sandbox: Sandbox;
  /** How to reach Stripe's stand-in; undefined where its transfers would be taken for real ones. */
  readonly stripe: NonNullable<ComposeConfig["stripe"]> | undefined;
};

/** Ports beside the server's own, so that addresses stay the same from one start to the next. */
const MAILBOX_PORT_OFFSET = 1;
const SHOP_PORT_OFFSET = 2;
const STRIPE_WEBHOOK_PATH = "/api/v1/webhooks/stripe-connect";

/** Starts what stands in for the world outside: a mailbox, a shop and Stripe, on this machine alone. */
export async function startSandboxOf(
  config: Config,
  { home, secrets, installation }: { home: Home; secrets: Secrets; installation: Installation },
): Promise<RunningSandbox> {
  const { startSandbox } = await import("@tributary/sandbox");
  const webhookSecret = `whsec_${deriveKey(secrets.pepper, "sandbox webhook").toString("base64url")}`;
  const { port } = config.http;
  const isPortRoom = port + SHOP_PORT_OFFSET <= 65_535;
  const start = (ports: { mailbox: number; shop: number }): Promise<Sandbox> =>
    startSandbox({
      folder: home.sandbox,
      ports,
      tributaryUrl: config.localUrl,
      stripe: { webhooks: [{ url: `${config.localUrl}${STRIPE_WEBHOOK_PATH}`, connect: true, secret: webhookSecret }] },
    });
  const anyPorts = { mailbox: 0, shop: 0 };
  const usualPorts = isPortRoom ? { mailbox: port + MAILBOX_PORT_OFFSET, shop: port + SHOP_PORT_OFFSET } : anyPorts;
  // Somebody else's program on one of those ports is no reason not to start: the stand-ins then take others, and are printed with them.
  const sandbox = await start(usualPorts).catch(() => start(anyPorts));
  // A programme of real partners never pays through a stand-in: its books would say "paid".
  const isDemo = installation.kind === "demo";
  const { secretKey, url: apiBase } = sandbox.stripe;
  return { sandbox, stripe: isDemo ? { secretKey, webhookSecret, apiBase } : undefined };
}
