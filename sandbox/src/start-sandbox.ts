import { join } from "node:path";
import { type Mailbox, startMailbox } from "./mailbox/index.ts";
import { type MarqetaSandbox, startMarqetaSandbox } from "./marqeta/index.ts";
import { type Shop, type ShopOptions, startShop } from "./shop/index.ts";
import { type StripeSandbox, type StripeSandboxOptions, startStripeSandbox } from "./stripe/index.ts";

export type SandboxOptions = {
  /** Where all of it keeps its state, so that a second start goes on where the first ended. */
  readonly folder: string;
  /** 0, the default, takes a free one. */
  readonly ports?: {
    readonly stripe?: number;
    readonly smtp?: number;
    readonly mailbox?: number;
    readonly shop?: number;
    readonly marqeta?: number;
  };
  readonly stripe?: Pick<StripeSandboxOptions, "secretKey" | "clock" | "webhooks">;
} & Pick<ShopOptions, "tributaryUrl" | "apiKey" | "publicHost">;

/** Everything that lies outside Tributary, on this machine. */
export type Sandbox = AsyncDisposable & {
  readonly stripe: StripeSandbox;
  readonly marqeta: MarqetaSandbox;
  readonly mailbox: Mailbox;
  readonly shop: Shop;
  readonly urls: { readonly stripe: string; readonly smtp: string; readonly mailbox: string; readonly shop: string };
  close(): Promise<void>;
};

/** Starts the stand-ins: Stripe, Marqeta, a mailbox, and a shop that sells. All of them listen on 127.0.0.1 and nowhere else. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, ports = {}, stripe: stripeOptions, ...shopOptions } = options;
  await using boot = new AsyncDisposableStack();
  const stripe = await startStripeSandbox({
    ...stripeOptions,
    port: ports.stripe ?? 0,
    file: join(folder, "stripe.jsonl"),
  });
  boot.defer(() => stripe.close());
  const marqeta = await startMarqetaSandbox({ port: ports.marqeta ?? 0, file: join(folder, "marqeta.jsonl") });
  boot.defer(() => marqeta.close());
  const mailbox = await startMailbox({
    folder: join(folder, "mailbox"),
    smtpPort: ports.smtp ?? 0,
    httpPort: ports.mailbox ?? 0,
  });
  boot.defer(() => mailbox.close());
  const shop = await startShop({
    ...shopOptions,
    port: ports.shop ?? 0,
    stateFile: join(folder, "shop.jsonl"),
    mailboxUrl: mailbox.url,
  });
  boot.defer(() => shop.close());

  const owned = boot.move();
  const close = (): Promise<void> => owned.disposeAsync();
  return {
    stripe,
    marqeta,
    mailbox,
    shop,
    urls: { stripe: stripe.url, smtp: mailbox.smtpUrl, mailbox: mailbox.url, shop: shop.url },
    close,
    [Symbol.asyncDispose]: close,
  };
}
