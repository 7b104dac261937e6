import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marqetaWire } from "./marqeta-wire.ts";

const CARD = "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a44";
const clearing = (more: object = {}) => ({
  token: "tx-1",
  type: "authorization.clearing",
  state: "COMPLETION",
  card_token: CARD,
  amount: 12.3,
  currency_code: "USD",
  created_time: "2026-03-01T12:00:00Z",
  card_acceptor: { name: "Corner Shop", mcc: "5411" },
  ...more,
});
const read = (...transactions: object[]) => marqetaWire.readNews({ transactions });

describe("what the issuer tells", () => {
  it.each([
    ["authorization.clearing", "card"],
    ["pindebit", "card"],
    ["refund", "refund"],
    ["authorization.clearing.chargeback", "chargeback"],
    ["authorization.clearing.chargeback.reversal", "chargeback_won"],
  ])("of %s is %s", (type, kind) => {
    expect(read(clearing({ type }))).toMatchObject([{ type: "spend", kind, amount: "12.3", merchant: "Corner Shop" }]);
  });

  it("of an authorisation that raises another, or announces a refund, is which it follows, and nothing where it names none", () => {
    for (const type of ["authorization.incremental", "refund.authorization"]) {
      const told = clearing({ type, state: "PENDING", preceding_related_transaction_token: "tx-0" });
      expect(read(told)).toEqual([{ type: "link", token: "tx-1", cardToken: CARD, precedingToken: "tx-0" }]);
      expect(read(clearing({ type, state: "PENDING" }))).toEqual([]);
    }
  });

  it("of what has not happened, of cash and of fees is nothing", () => {
    const none = [
      clearing({ state: "PENDING" }),
      clearing({ state: "DECLINED" }),
      clearing({ type: "authorization.clearing.atm.withdrawal" }),
      clearing({ type: "fee.charge" }),
      clearing({ type: "authorization", state: "PENDING" }),
    ];
    expect(read(...none)).toEqual([]);
  });

  it("of a declined or reversed authorisation releases its hold", () => {
    expect(read(clearing({ type: "authorization", state: "DECLINED" }))).toMatchObject([
      { type: "release", transactionToken: "tx-1" },
    ]);
    const reversal = clearing({ type: "authorization.reversal", preceding_related_transaction_token: "tx-0" });
    expect(read(reversal)).toMatchObject([{ type: "release", token: "tx-1", transactionToken: "tx-0" }]);
  });

  it("keeps no name in which the number of a card stands", () => {
    for (const name of ["4111111111111111", "Shop 4111 1111 1111 1111", "4111-1111-1111-1111 Oakland"])
      expect(read(clearing({ card_acceptor: { name } }))).toMatchObject([{ merchant: null }]);
  });

  it("whatever it is, is read or refused, and never thrown at", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (message) => {
        marqetaWire.readNews(message);
        marqetaWire.readAuthorization(message);
        marqetaWire.readNews({ transactions: [message], cardtransitions: [message] });
        expect(marqetaWire.readAuthorization({ gpa_order: message, card_acceptor: message })).toBeUndefined();
      }),
    );
  });
});

describe("the signature of a message", () => {
  const body = Buffer.from('{"pings":[]}');
  const sign = (algorithm: string, encoding: "hex" | "base64", secret = "secret") =>
    createHmac(algorithm, secret).update(body).digest(encoding);

  it.each([
    ["sha1", "hex"],
    ["sha1", "base64"],
    ["sha256", "hex"],
    ["sha256", "base64"],
  ] as const)("counts as %s in %s", (algorithm, encoding) => {
    expect(marqetaWire.isSigned(body, sign(algorithm, encoding), "secret")).toBe(true);
    expect(marqetaWire.isSigned(body, sign(algorithm, encoding, "another"), "secret")).toBe(false);
    expect(marqetaWire.isSigned(Buffer.from("{}"), sign(algorithm, encoding), "secret")).toBe(false);
  });

  it("is asked for", () => {
    expect(marqetaWire.isSigned(body, undefined, "secret")).toBe(false);
    expect(marqetaWire.isSigned(body, "", "secret")).toBe(false);
  });
});
