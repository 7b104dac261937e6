import { standingClock, startStripeSandbox } from "@tributary/sandbox";
import Stripe from "stripe";
import { expect } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { createAudit } from "../../src/audit/index.ts";
import { invariant } from "../../src/kernel/invariant.ts";
import { findByExternalIds, findStatuses, getPartner } from "../../src/partners/index.ts";
import {
  type AccountProvider,
  type AskedPayout,
  createBankFile,
  createPayoutService,
  createStripeAccounts,
  createStripeClient,
  createStripeTransfers,
  type GateAnswer,
  type PayoutDeps,
  type PayoutGate,
  payoutRoutes,
  type StripeEvent,
  stripeConnectHandler,
  stripeIntakeRoutes,
  type TransferProvider,
  type Withholding,
} from "../../src/payouts/index.ts";
import { createSendingPace } from "../../src/payouts/sending-pace.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { createSealer, generateSecrets } from "../../src/platform/crypto/index.ts";
import type { ReadTx } from "../../src/platform/database/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { createInbox } from "../../src/sales/index.ts";
import { commissionWorld } from "./commissions.ts";
import { compareBooks } from "./compare-books.ts";
import { asOwner } from "./postgres.ts";
import { serveRoutes } from "./routes.ts";
import { TAX_LISTENERS } from "./tax-listeners.ts";

/** Of Stripe's two endpoints, the platform's and that of connected accounts. */
export const WEBHOOK_SECRETS = { platform: "whsec_platform", connect: "whsec_connect" };
/** For tests in which Stripe keeps silent: it is waited for no longer. Any other waits as long as a busy machine takes. */
export const SHORT_SILENCE = { answerTimeoutMs: 400 };

export type PayoutStory = {
  readonly status: string;
  readonly failure: string | null;
  readonly attempts: readonly string[];
};

/**
 * Payouts on a database of their own, through the real adapter to the stand-in for Stripe, over HTTP. Its clock and the program's are moved
 * together. `said` is what the ports answer that lie elsewhere.
 */
export async function payoutWorld({ answerTimeoutMs = 20_000 } = {}) {
  const base = await commissionWorld();
  const stripe = await startStripeSandbox({ clock: standingClock(base.clock.now()) });
  stripe.addFunds({ amount: 10_000_000, currency: "usd" });
  const client = createStripeClient({ secretKey: stripe.secretKey, apiBase: stripe.url, timeoutMs: answerTimeoutMs });

  const accounts = createStripeAccounts(client);
  const pace = createSendingPace(() => base.clock.now().getTime());
  const said: {
    minimum: bigint | undefined;
    /** Of one payout; `gates` asks it of each. */
    gate: (tx: ReadTx, payout: AskedPayout) => Promise<GateAnswer>;
    gates: PayoutGate[];
    withholding: Withholding;
    transfers: TransferProvider;
    account: AccountProvider["account"];
    timeZone: string;
    mails: Mail[];
    /** Who made a key, by its id. */
    makers: Map<string, string>;
  } = {
    minimum: 5_000n,
    timeZone: "UTC",
    mails: [],
    makers: new Map(),
    gate: async () => ({ allowed: true }),
    gates: [(tx, payouts) => askEach(payouts, (payout) => said.gate(tx, payout))],
    withholding: async () => new Map(),
    transfers: createStripeTransfers(client, pace),
    account: (id) => accounts.account(id),
  };
  const real = said.transfers;
  const deps: PayoutDeps = {
    db: base.db,
    audit: createAudit(),
    ledger: base.ledger,
    outbox: createOutbox(() => TAX_LISTENERS),
    partners: {
      getPartner,
      findStatuses,
      findByExternalIds,
      minimumPayouts: async (_tx, asked) => asked.map(() => said.minimum),
      contactOf: async (_tx, id) => ({ email: `${id}@example.com`, language: null }),
    },
    commissions: base.commissions,
    people: {
      makerOfKey: async (_tx, keyId) => said.makers.get(keyId) ?? null,
      findPayers: async () => ["finance"],
      contactsOf: async (_tx, ids) => new Map(ids.map((id) => [id, { email: `${id}@team.test`, language: null }])),
    },
    programs: { getProgram: async () => ({ name: "Test", timeZone: said.timeZone }) },
    mailer: { send: async (mail) => void said.mails.push(mail) },
    sealer: createSealer(generateSecrets().encryptionKey),
    gates: said.gates,
    withholding: (tx, payouts) => said.withholding(tx, payouts),
    providers: {
      bank_file: createBankFile(),
      stripe_connect: {
        ...real,
        name: "stripe_connect",
        send: (request, key) => said.transfers.send(request, key),
        find: (payoutId) => said.transfers.find(payoutId),
      },
    },
    accounts: { ...accounts, account: (id) => said.account(id) },
    publicUrl: "http://localhost",
  };
  const payouts = createPayoutService(deps);

  const inbox = createInbox({ db: base.db, handlers: () => ({ stripe_connect: stripeConnectHandler(() => payouts) }) });
  const connectWebhookSecret = Object.values(WEBHOOK_SECRETS).join(",");
  const http = await serveRoutes(
    [payoutRoutes(payouts), stripeIntakeRoutes({ db: base.db, inbox, stripe: { client, connectWebhookSecret } })],
    () => base.clock.now(),
  );

  const advance = async (durationMs: number): Promise<void> => {
    base.clock.advance(durationMs);
    await stripe.advance(durationMs);
  };

  /** An active partner whose account at Stripe can be paid, opened as partners do. */
  const newPartner = async (): Promise<string> => {
    const partnerId = await newUnfinishedPartner();
    stripe.setStanding(await accountOf(partnerId), "active");
    await payouts.updatePaymentMethod(base.partner(partnerId), { kind: "stripe_connect", country: "US" });
    return partnerId;
  };
  const newUnfinishedPartner = async (): Promise<string> => {
    const partnerId = await newPartnerWithoutMethod();
    await payouts.updatePaymentMethod(base.partner(partnerId), { kind: "stripe_connect", country: "US" });
    return partnerId;
  };
  const newPartnerWithoutMethod = async (): Promise<string> => {
    const partnerId = await base.newPartner();
    await asOwner(base.clone, "delete from payout_methods where partner_id = $1", [partnerId]);
    return partnerId;
  };
  const newBankPartner = async (holder = "Ada Lovelace"): Promise<string> => {
    const partnerId = await newPartnerWithoutMethod();
    await payouts.updatePaymentMethod(base.partner(partnerId), {
      kind: "bank_file",
      holder,
      iban: "DE89 3704 0044 0532 0130 00",
    });
    return partnerId;
  };
  const accountOf = async (partnerId: string): Promise<string> => {
    const [row] = await asOwner<{ provider_account_id: string }>(
      base.clone,
      "select provider_account_id from payout_methods where partner_id = $1 and status <> 'replaced'",
      [partnerId],
    );
    invariant(row, "the partner has an account");
    return row.provider_account_id;
  };

  /** An approved commission. */
  const earn = async (partnerId: string, amount: bigint, currency = "USD"): Promise<string> => {
    const { id } = await base.seedCommission(partnerId, amount, { currency });
    await base.commissions.approveCommission(base.operator(), { commissionId: id });
    base.clock.advance(1);
    return id;
  };
  const request = async (partnerId: string, amount?: number, currency = "USD"): Promise<string> => {
    const asked = { partnerId, currency, ...(amount === undefined ? {} : { amount }) };
    return (await payouts.requestPayoutFor(base.operator(), asked)).id;
  };
  /** A payout of 100.00 to a new partner, asked for and released; its job has not run. */
  const released = async (amount = 10_000n): Promise<{ partnerId: string; payoutId: string }> => {
    const partnerId = await newPartner();
    await earn(partnerId, amount);
    const payoutId = await request(partnerId);
    await payouts.processPayout(base.operator(), { payoutId });
    return { partnerId, payoutId };
  };
  /** Runs the job of the open attempt once; returns why it has to come again, if so. */
  const send = async (payoutId: string, ctx: Ctx = base.system()): Promise<string | undefined> => {
    const attempt = await openAttemptOf(payoutId);
    if (attempt === undefined) return undefined;
    return payouts.sendTransfer(ctx, { payoutId, attempt }).then(
      // Where its provider is left alone for a while, it comes again by itself.
      async () => (pace.waitMs() > 0 && (await openAttemptOf(payoutId)) === attempt ? "put_off" : undefined),
      (error: Error) => {
        if (error.name !== "TransferUnsettled") throw error;
        return error.message.split(": ").at(-1);
      },
    );
  };
  const openAttemptOf = async (payoutId: string): Promise<number | undefined> => {
    const [row] = await asOwner<{ attempt: number }>(
      base.clone,
      "select attempt from transfer_attempts where payout_id = $1 and status in ('created', 'sending', 'unknown')",
      [payoutId],
    );
    return row?.attempt;
  };

  const story = async (payoutId: string): Promise<PayoutStory> => {
    const detail = await payouts.getPayoutFor(base.operator(), { payoutId });
    return {
      status: detail.status,
      failure: detail.failureCode,
      attempts: detail.transfers.map(({ status, errorCode }) => (errorCode ? `${status} ${errorCode}` : status)),
    };
  };
  /** The stand-in's transfers of a payout; those that came back included. */
  const transfersOf = (payoutId: string) => stripe.transfers().filter((each) => each.transfer_group === payoutId);

  /**
   * The operator takes a transfer back at Stripe, all of it or a part. Of two who do at once, the second is told that it was done. False where
   * the account has paid its money out to its bank, and there is nothing to take.
   */
  const reverse = async (transferId: string, amount?: number): Promise<boolean> => {
    try {
      await client.transfers.createReversal(transferId, amount === undefined ? {} : { amount });
      return true;
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      if (error.code === "balance_insufficient") return false;
      if (error.message.includes("already been fully reversed")) return true;
      throw error;
    }
  };

  /** Somebody makes a transfer past the program, as the dashboard allows. Returns its id. */
  const transferByHand = async (like: {
    destination?: unknown;
    transfer_group?: string | null;
    metadata: Record<string, string>;
    amount?: number;
  }): Promise<string> => {
    const { id } = await client.transfers.create({
      amount: like.amount ?? 100,
      currency: "usd",
      destination: String(like.destination),
      transfer_group: like.transfer_group ?? "",
      metadata: like.metadata,
    });
    return id;
  };

  /** The books equal the rows, and every check of the data holds. */
  const expectProven = async (...partnerIds: readonly string[]): Promise<void> => {
    for (const partnerId of partnerIds) {
      const { books, rows } = await compareBooks(base, partnerId);
      expect(rows).toEqual(books);
    }
    for await (const { name, breaks } of prove({ db: base.db, ctx: base.system(), moduleChecks: [] }))
      expect({ name, breaks }).toEqual({ name, breaks: [] });
  };
  /** The checks of the data that find something of which this is said. */
  const brokenBy = async (what: string): Promise<string[]> => {
    const broken: string[] = [];
    for await (const { name, breaks } of prove({ db: base.db, ctx: base.system(), moduleChecks: [] }))
      if (breaks.some((each) => each.includes(what))) broken.push(name);
    return broken;
  };
  /** Events as Stripe would deliver them, applied at once. */
  const hear = (type: string, object: object, account?: string): Promise<void> =>
    payouts.applyStripeEvent(base.system(), {
      id: "evt",
      type,
      ...(account === undefined ? {} : { account }),
      data: { object },
    } as StripeEvent);
  /** Attempts for which a job waits. */
  const waitingJobs = async (payoutId: string): Promise<number[]> => {
    const rows = await asOwner<{ attempt: number }>(
      base.clone,
      `select (payload -> 'payload' ->> 'attempt')::int as attempt from tributary_jobs._private_jobs
        where payload -> 'payload' ->> 'payoutId' = $1 and key is not null order by 1`,
      [payoutId],
    );
    return rows.map(({ attempt }) => attempt);
  };

  return {
    ...base,
    payouts,
    payoutDeps: deps,
    stripe,
    said,
    pace,
    http,
    inbox,
    advance,
    newPartner,
    newUnfinishedPartner,
    newPartnerWithoutMethod,
    newBankPartner,
    accountOf,
    earn,
    request,
    released,
    send,
    story,
    transfersOf,
    reverse,
    transferByHand,
    expectProven,
    brokenBy,
    hear,
    waitingJobs,
    [Symbol.asyncDispose]: async () => {
      await http.close();
      await stripe.close();
      await base[Symbol.asyncDispose]();
    },
  };
}

/** A gate that is asked payout by payout. */
export async function askEach(
  payouts: readonly AskedPayout[],
  ask: (payout: AskedPayout) => Promise<GateAnswer>,
): Promise<ReadonlyMap<string, GateAnswer>> {
  const answers = new Map<string, GateAnswer>();
  for (const payout of payouts) answers.set(payout.payoutId, await ask(payout));
  return answers;
}

export type PayoutWorld = Awaited<ReturnType<typeof payoutWorld>>;
