import {
  type EventRecord,
  type SandboxClock,
  type StripeSandbox,
  signWebhook,
  standingClock,
  startStripeSandbox,
} from "@tributary/sandbox";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import type { WholeApp } from "./app.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";

export const BILLING_SECRET = "whsec_of_the_billing_endpoint_1";

/** A billing system that tells the program of money, whose messages a test delivers when and how often it likes. */
export type MoneyIn = AsyncDisposable & {
  readonly stripe: StripeSandbox;
  readonly clock: SandboxClock;
  readonly sourceId: string;
  /** What Stripe has told since this was last asked; the stand-in forgets events after 30 days. */
  takeEvents(): EventRecord[];
  /** Goes on so many days, at Stripe. */
  pass(count: number): Promise<void>;
  /** Delivers a message over HTTP, signed as Stripe does, and answers with its status. */
  deliver(event: EventRecord): Promise<number>;
  /** Delivers messages one after the other, and has each worked on before the next. */
  deliverAll(events: readonly EventRecord[]): Promise<void>;
};

/** Stripe Billing beside the program, at the program's time, and a source for it. */
export async function openMoneyIn(world: WholeApp): Promise<MoneyIn> {
  const clock = standingClock(world.clock.now());
  const stripe = await startStripeSandbox({ clock });
  const { id: sourceId } = await world.app.revenue.createSource(world.ctx(), {
    kind: "stripe",
    name: "Stripe",
    signingSecret: BILLING_SECRET,
  });
  const taken = new Set<string>();
  const gathered = new Map<string, EventRecord>();
  const gather = (): void => {
    for (const event of stripe.events()) gathered.set(event.id, event);
  };
  const deliver = async (event: EventRecord): Promise<number> => {
    const payload = JSON.stringify(event);
    const answer = await world.http.inject({
      method: "POST",
      url: `/api/v1/webhooks/stripe-billing/${sourceId}`,
      headers: {
        host: "operator.test",
        "content-type": "application/json",
        "stripe-signature": signWebhook({ payload, secret: BILLING_SECRET, at: world.clock.now() }),
      },
      payload,
    });
    return answer.statusCode;
  };
  return {
    stripe,
    clock,
    sourceId,
    takeEvents: () => {
      gather();
      const fresh = [...gathered.values()].filter(({ id }) => !taken.has(id));
      for (const { id } of fresh) taken.add(id);
      return fresh;
    },
    pass: async (count) => {
      gather();
      await stripe.advance(days(count));
    },
    deliver,
    deliverAll: async (events) => {
      for (const event of events) {
        const status = await deliver(event);
        if (status !== 200) throw new Error(`${event.type}: ${status}`);
        await world.settle();
      }
    },
    [Symbol.asyncDispose]: () => stripe.close(),
  };
}

/** A customer of a new partner's, converted now. */
export async function convertCustomer(
  world: WholeApp,
  {
    partnerId,
    externalId,
    email,
  }: { readonly partnerId: string; readonly externalId: string; readonly email?: string },
): Promise<void> {
  const { status, body } = await world.send("POST", "/api/v1/admin/referrals/assign", {
    auth: world.operatorKey,
    key: newId(),
    body: { partnerId, externalId, reason: "For a test", ...(email === undefined ? {} : { email }) },
  });
  if (status >= 400) throw new Error(JSON.stringify(body));
}

/**
 * What the books say of a partner: its accounts, what each transaction, or period, earned by rule, whichever entries it is made of, and what waits or
 * is to be looked at. A signup is the customer's: a re-assessment leaves it where it was booked. `mark` is in the names of everything that this partner's customers have to do with.
 */
export async function booksOf(database: ClonedDatabase, partnerId: string, mark = ""): Promise<object> {
  const accounts = await asOwner<{ kind: string; currency: string; balance: number }>(
    database,
    `select kind, currency, balance::int from ledger_accounts where partner_id = $1 and balance <> 0 order by 1, 2`,
    [partnerId],
  );
  const earned = await asOwner<{ sale: string; rule: string; amount: number }>(
    database,
    `select case when c.commission_type = 'signup' then customer.external_id else coalesce(root.external_id, c.period_end::text) end as sale, c.commission_type as rule, sum(c.amount)::int as amount
       from commissions c
       join commissions family on family.tenant_id = c.tenant_id and family.id = coalesce(c.reverses_id, c.id)
       left join transactions t on t.tenant_id = c.tenant_id and t.id = family.transaction_id
       left join transactions mid on mid.tenant_id = t.tenant_id and mid.id = coalesce(t.original_id, t.id)
       left join transactions root on root.tenant_id = t.tenant_id and root.id = coalesce(mid.original_id, mid.id)
       left join referrals r on r.tenant_id = c.tenant_id and r.id = c.referral_id
       left join users customer on customer.tenant_id = c.tenant_id and customer.id = r.referred_user_id
      where c.partner_id = $1 and c.status <> 'cancelled'
      group by 1, 2
     having sum(c.amount) <> 0
      order by 1, 2`,
    [partnerId],
  );
  const sold = await asOwner(
    database,
    `select external_id, kind, amount::int, tax::int, currency, occurred_at, original_external_id
       from transactions where partner_id = $1 order by 1`,
    [partnerId],
  );
  const open = await asOwner(
    database,
    `select external_id, kind, amount::int, status, reason
       from revenue_movements where external_id like $1 and status not in ('recorded', 'explained') order by 1`,
    [`%${mark}%`],
  );
  const referrals = await asOwner(database, `select status from referrals where partner_id = $1 order by 1`, [
    partnerId,
  ]);
  return { accounts, earned, sold, open, referrals };
}

export const days = (count: number): number => count * DAY_MS;
