import Fastify from "fastify";
import { listenOnLoopback } from "../servers/listen-on-loopback.ts";

type Body = Record<string, unknown>;

/** A call as Tributary saw it. */
export type SeenCall = {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: Body;
  readonly status: number;
};

export type FakeTributary = {
  readonly url: string;
  readonly apiKey: { readonly id: string; readonly secret: string };
  readonly calls: SeenCall[];
  /** What the next calls that write are answered with, in place of doing anything; `silence` never answers. */
  readonly fail: (...answers: (number | "silence" | "act, then silence")[]) => void;
  readonly transactions: Map<string, Body>;
  readonly close: () => Promise<void>;
};

const strings = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: "string", minLength: 1 }]));

/** The bodies that Tributary takes, as far as a shop sends them. */
const CONVERT = {
  type: "object",
  properties: {
    ...strings("externalId", "clickId", "couponCode", "referralCode", "email", "deviceId", "ip"),
    emailVerified: { type: "boolean" },
  },
  required: ["externalId"],
  additionalProperties: false,
};
const TRANSACTION = {
  type: "object",
  properties: {
    ...strings("externalId", "customerExternalId", "originalExternalId"),
    kind: { enum: ["payment", "refund"] },
    amount: { type: "integer", minimum: 0 },
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
    occurredAt: { type: "string", format: "date-time" },
    createCustomer: { type: "boolean" },
  },
  required: ["externalId", "customerExternalId", "kind", "amount", "currency", "occurredAt"],
  additionalProperties: false,
};

/** A click on a link of the one partner. */
export const CLICK_ID = "01939f4e-7c1a-7d2b-8e3f-5a6b7c8d9e0f";
const CLICKS: Readonly<Record<string, string>> = { [CLICK_ID]: "partner-1" };
const COUPONS: Readonly<Record<string, string>> = { FERN10: "partner-1" };
const RATE_PERCENT = 10;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * A Tributary of a few lines, for tests of the shop: it checks keys and bodies strictly, replays idempotency, knows one partner by a click and a
 * coupon, pays 10 % and a sign-up bonus of 50.00, and takes refunds back in proportion.
 */
export async function startFakeTributary(port = 0): Promise<FakeTributary> {
  const apiKey = { id: "key_shop", secret: "s3cret" };
  const authorization = `Basic ${Buffer.from(`${apiKey.id}:${apiKey.secret}`).toString("base64")}`;
  const calls: SeenCall[] = [];
  const failures: (number | "silence" | "act, then silence")[] = [];
  const answers = new Map<string, { readonly body: string; readonly status: number; readonly answer: Body }>();
  const referrals = new Map<string, string>();
  const transactions = new Map<string, Body>();
  const commissions: Body[] = [];
  const receipts = new Map<string, Body>();
  const server = Fastify({ forceCloseConnections: true });
  const problem = (status: number, code: string, title: string) => ({
    status,
    answer: { status, code, title } as Body,
  });

  server.addHook("onRequest", async (request, reply) => {
    if (request.headers.authorization !== authorization) {
      await reply.code(401).send({ code: "auth.invalid_key", title: "This key is not known" });
    }
  });

  const write = (path: string, schema: object, act: (body: Body) => { status: number; answer: Body }): void => {
    server.post(path, { schema: { body: schema } }, (request, reply) => {
      const key = request.headers["idempotency-key"];
      const body = request.body as Body;
      const failure = failures.shift();
      const saw = (status: number) =>
        calls.push({ path, key: typeof key === "string" ? key : undefined, body, status });
      if (failure === "silence") {
        saw(0);
        return reply.hijack();
      }
      if (typeof failure === "number") {
        saw(failure);
        return reply.code(failure).send({ code: "test.failure", title: "As the test wanted" });
      }
      if (typeof key !== "string") return reply.code(400).send({ code: "idempotency.key_required", title: "A key" });
      const text = JSON.stringify(body);
      const known = answers.get(key);
      if (known !== undefined && known.body !== text) {
        return reply.code(409).send({ code: "idempotency.key_reused", title: "This key was used for another request" });
      }
      const { status, answer } = known ?? act(body);
      answers.set(key, { body: text, status, answer });
      saw(failure === undefined ? status : 0);
      return failure === undefined ? reply.code(status).send(answer) : reply.hijack();
    });
  };

  write("/api/v1/referrals/convert", CONVERT, (body) => {
    const [externalId, coupon] = [textOf(body["externalId"]), textOf(body["couponCode"])];
    if (referrals.has(externalId)) return problem(409, "referral.converted", "The customer is tied already");
    if (coupon !== "" && COUPONS[coupon] === undefined) {
      return problem(404, "coupon.not_found", "There is no such coupon");
    }
    const partner = COUPONS[coupon] ?? CLICKS[textOf(body["clickId"])];
    if (partner === undefined) return problem(409, "referral.no_click", "There is no click that counts");
    referrals.set(externalId, `referral-${externalId}`);
    return { status: 201, answer: { id: `referral-${externalId}`, partnerId: partner, status: "converted" } };
  });

  write("/api/v1/transactions", TRANSACTION, (body) => {
    const externalId = textOf(body["externalId"]);
    const result = (status: string, rest: Body) => ({
      status: 200,
      answer: { results: [{ externalId, status, ...rest }] },
    });
    if (body["amount"] === 12_00) {
      return result("rejected", {
        error: { code: "transaction.unknown_customer", title: "No customer has this external id" },
      });
    }
    const id = `transaction-${externalId}`;
    const referralId = referrals.get(textOf(body["customerExternalId"])) ?? null;
    const partnerId = referralId === null ? null : "partner-1";
    transactions.set(id, { id, ...body, tax: 0, referralId, partnerId, isWaiting: false });
    if (referralId !== null) assess(id, referralId, body);
    return result("recorded", { id });
  });

  function assess(transactionId: string, referralId: string, body: Body): void {
    const isFirst = !commissions.some((row) => row["referralId"] === referralId);
    const paid = commissions.find(
      (row) => row["transactionId"] === `transaction-${textOf(body["originalExternalId"])}`,
    );
    const clauses: Body[] = [{ clause: "window", outcome: "applies", reason: "active" }];
    receipts.set(transactionId, { clauses });
    const add = (row: Body, clause: Body): void => {
      const id = `commission-${commissions.length + 1}`;
      commissions.push({
        id,
        partnerId: "partner-1",
        referralId,
        transactionId,
        currency: "USD",
        status: "pending",
        holdUntil: "2026-12-25T00:00:00.000Z",
        ...row,
      });
      clauses.push({ currency: "USD", commissionId: id, amount: row["amount"], ...clause });
    };
    const sum = Number(body["amount"]);
    const share = (sum * RATE_PERCENT) / 100;
    if (body["kind"] === "refund") {
      const figures = { rule: "recurring", eventAmount: 2900, refundedSoFar: sum, commission: 290, alreadyReversed: 0 };
      add(
        { type: "recurring", rate: 0.1, amount: -share, reversesId: paid?.["id"] },
        { clause: "reversal", outcome: "reversed", reason: "taken_back", ...figures },
      );
      if (sum === 2900)
        clauses.push({
          clause: "reversal",
          outcome: "cancelled",
          reason: "in_hold",
          rule: "signup",
          amount: 50_00,
          currency: "USD",
        });
      return;
    }
    add(
      { type: "recurring", rate: 0.1, amount: share, reversesId: null },
      {
        clause: "recurring",
        outcome: "earned",
        reason: "rate",
        base: sum,
        rate: 0.1,
        volumeBonus: 0,
        tierMultiplier: 1,
        product: `${share}`,
      },
    );
    if (isFirst)
      add(
        { type: "signup", rate: null, amount: 50_00, reversesId: null },
        { clause: "signup", outcome: "earned", reason: "qualified" },
      );
  }

  server.get<{ Params: { id: string } }>("/api/v1/admin/transactions/:id", ({ params }, reply) =>
    reply.send(transactions.get(params.id) ?? {}),
  );
  server.get("/api/v1/admin/partners/:id", (_request, reply) =>
    reply.send({ id: "partner-1", companyName: "Blue Fern <Studio>", referralCode: "bluefern", tier: "tier1" }),
  );
  server.get<{ Querystring: { referralId?: string } }>("/api/v1/admin/commissions", ({ query }, reply) =>
    reply.send({ data: commissions.filter((row) => row["referralId"] === query.referralId), nextCursor: null }),
  );
  server.get<{ Params: { id: string } }>("/api/v1/admin/commissions/:id", ({ params }, reply) => {
    const found = commissions.find((row) => row["id"] === params.id);
    return reply.send({ ...found, receipt: receipts.get(textOf(found?.["transactionId"])) ?? null });
  });
  server.get<{ Querystring: { clickId?: string } }>("/api/v1/admin/explain", ({ query }, reply) => {
    const partnerId = CLICKS[query.clickId ?? ""];
    return reply.send({
      touches: partnerId === undefined ? [] : [{ kind: "click", id: query.clickId, partnerId }],
      transaction: null,
    });
  });

  const { url } = await listenOnLoopback(server, port);
  return { url, apiKey, calls, fail: (...more) => failures.push(...more), transactions, close: () => server.close() };
}
