import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Call, type FaultSite, isOutage, openFaultSite, type Reply } from "../kit/fault-site.ts";
import { asOwnerOf, postmasterOf } from "../kit/installations.ts";
import { stopPostgres } from "../kit/killed-processes.ts";
import { breathe, until } from "../kit/server-process.ts";

const PATIENCE_MS = 240_000;
/** Answers of each kind that come through before and after. */
const ROUNDS = 12;

let site: FaultSite;
beforeAll(async () => {
  site = await openFaultSite({ partners: 2 });
}, PATIENCE_MS);
afterAll(() => site?.[Symbol.asyncDispose](), PATIENCE_MS);

let turn = 0;
type Kind = { readonly name: string; readonly next: () => [method: string, path: string, call?: Call] };

/** A read, a click, writes with money, an event and a job behind them, and a sign-in. */
const KINDS: readonly Kind[] = [
  { name: "a read", next: () => ["GET", "/api/v1/admin/partners"] },
  { name: "a look at the metrics", next: () => ["GET", "/metrics"] },
  {
    name: "a booking",
    next: () => [
      "POST",
      "/api/v1/admin/commissions/grant",
      {
        key: `grant-${turn}`,
        body: { partnerId: site.partners[0]?.id, amount: 100, currency: "USD", reason: "For a test" },
      },
    ],
  },
  {
    name: "a recording",
    next: () => [
      "POST",
      "/api/v1/transactions",
      {
        key: `sale-${turn}`,
        body: {
          externalId: `sale-${turn}`,
          customerExternalId: `customer-${turn}`,
          kind: "payment",
          amount: 1_000,
          currency: "USD",
          occurredAt: "2026-02-01T12:00:00Z",
          createCustomer: true,
        },
      },
    ],
  },
  {
    name: "a mail",
    next: () => [
      "POST",
      "/api/v1/admin/partners/invitations",
      { key: `mail-${turn}`, body: { emails: [`invited-${turn}@partners.test`] } },
    ],
  },
  {
    name: "a sign-in",
    next: () => [
      "POST",
      "/api/v1/auth/sign-in",
      {
        isAnonymous: true,
        headers: { "x-forwarded-for": `10.9.${(turn >> 8) & 255}.${turn & 255}` },
        body: { email: `nobody-${turn}@partners.test`, password: "no such password" },
      },
    ],
  },
];
const EXPECTED: readonly (number | "cut")[] = [200, 201, 302, 401];

type Seen = { readonly outages: Reply[]; readonly odd: Reply[] };

/** Callers of every kind, each of whom asks again until it is answered, before, during and after `strike`. */
async function underTraffic(strike: () => Promise<void>): Promise<Seen> {
  const seen: Seen = { outages: [], odd: [] };
  const answered = new Map<string, number>();
  const visits = { name: "a click", send: () => site.visit() };
  const callers = [
    visits,
    ...KINDS.map(({ name, next }) => ({
      name,
      // The same request with the same key, until there is an answer.
      send: (() => {
        let call: ReturnType<Kind["next"]> | undefined;
        return async () => {
          turn += 1;
          call ??= next();
          const reply = await site.send(...call);
          if (!isOutage(reply)) call = undefined;
          return reply;
        };
      })(),
    })),
  ];
  let isOver = false;
  const running = callers.map(async ({ name, send }) => {
    while (!isOver) {
      const reply = await send();
      if (isOutage(reply)) seen.outages.push(reply);
      else if (EXPECTED.includes(reply.status)) answered.set(name, (answered.get(name) ?? 0) + 1);
      else seen.odd.push(reply);
      await breathe();
    }
  });
  const everybodyAnswered = () => {
    const before = new Map(answered);
    return until(() => {
      expect(seen.odd).toEqual([]);
      return callers.every(({ name }) => (answered.get(name) ?? 0) >= (before.get(name) ?? 0) + ROUNDS);
    });
  };
  await everybodyAnswered();
  await strike();
  await everybodyAnswered();
  isOver = true;
  await Promise.all(running);
  return seen;
}

const countOf = async (text: string): Promise<number> =>
  (await asOwnerOf<{ count: number }>(site.home, `select count(*)::int as count from ${text}`))[0]?.count ?? -1;

describe("a database that is stopped under traffic", () => {
  it.each(["fast", "immediate"] as const)(
    "(%s) costs answers of 503 that say when to come again, and nothing else",
    async (how) => {
      const { pid } = site.server();
      const { outages, odd } = await underTraffic(async () => {
        await stopPostgres(postmasterOf(site.home), how);
        await site.isReady();
      });
      expect(odd).toEqual([]);
      expect(outages.length).toBeGreaterThan(0);
      for (const { status, headers, text } of outages) {
        expect([status, headers.get("content-type"), headers.get("retry-after")]).toEqual([
          503,
          "application/problem+json",
          "5",
        ]);
        expect(text).not.toMatch(/\n +at |node_modules|57P0|ECONN|ENOENT|terminat/);
      }
      expect(site.server().pid).toBe(pid);
      // Whoever works behind requests goes on too: no mail waits, and nothing that happened is left untold.
      await until(async () => (await countOf("tributary_jobs._private_jobs where attempts < max_attempts")) === 0);
      await until(async () => (await countOf("tributary.outbox_events where dispatched_at is null")) === 0);
      await site.expectProven();
    },
    PATIENCE_MS,
  );
});
