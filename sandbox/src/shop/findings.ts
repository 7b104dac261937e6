import { type Clause, readClauses } from "./receipt-clauses.ts";
import { ask, fieldsOf, listOf, numberOf, type TributaryAccess, textOf } from "./tributary-client.ts";

/** What Tributary made of a transaction, as far as it tells. */
export type Findings = {
  readonly isWaiting: boolean;
  /** What the commissions are worked out on. */
  readonly base: number;
  /** Undefined where the customer is nobody's. */
  readonly partner: FoundPartner | undefined;
  readonly commissions: readonly FoundCommission[];
  /** Of the receipt: each clause that was tried. None where it is not told. */
  readonly clauses: readonly Clause[];
};

export type FoundPartner = { readonly name: string; readonly code: string | undefined };

export type FoundCommission = {
  readonly id: string;
  readonly type: string;
  readonly amount: number;
  readonly currency: string;
  /** A fraction; null where it is a flat amount. */
  readonly rate: number | null;
  readonly status: string;
  readonly holdUntil: string | undefined;
  readonly isReversal: boolean;
};

/** A page of the shop does not wait longer than this for each answer. */
const TIMEOUT_MS = 2_000;

type Read = (path: string) => Promise<Record<string, unknown> | undefined>;

const reader =
  (access: TributaryAccess | undefined): Read =>
  async (path) => {
    const answer = await ask(access, { method: "GET", path, timeoutMs: TIMEOUT_MS });
    return answer.kind === "done" ? fieldsOf(answer.body) : undefined;
  };

/** Looks up what became of a transaction. Undefined where that cannot be said now: the page then says less. */
export async function findFindings(
  access: TributaryAccess | undefined,
  transactionId: string,
): Promise<Findings | undefined> {
  const read = reader(access);
  const transaction = await read(`/api/v1/admin/transactions/${encodeURIComponent(transactionId)}`);
  if (transaction === undefined) return undefined;
  const partnerId = textOf(transaction["partnerId"]);
  const referralId = textOf(transaction["referralId"]);
  const [partner, listed] = await Promise.all([
    partnerId === undefined ? undefined : findPartner(read, partnerId),
    referralId === undefined ? undefined : read(`/api/v1/admin/commissions?referralId=${referralId}&limit=200`),
  ]);
  const commissions = listOf(listed?.["data"])
    .filter((row) => row["transactionId"] === transactionId)
    .map(readCommission)
    .toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  return {
    isWaiting: transaction["isWaiting"] === true,
    base: numberOf(transaction["amount"]) - numberOf(transaction["tax"]),
    partner,
    commissions,
    clauses: await findClauses(read, {
      commissionId: commissions[0]?.id,
      externalId: textOf(transaction["externalId"]),
    }),
  };
}

/** Whose a click is. */
export async function findPartnerOfClick(
  access: TributaryAccess | undefined,
  clickId: string,
): Promise<FoundPartner | undefined> {
  if (access === undefined) return undefined;
  const read = reader(access);
  const explanation = await read(`/api/v1/admin/explain?clickId=${encodeURIComponent(clickId)}`);
  const partnerId = textOf(listOf(explanation?.["touches"]).find(({ kind }) => kind === "click")?.["partnerId"]);
  return partnerId === undefined ? undefined : findPartner(read, partnerId);
}

/** Whom a conversion tied the customer to, by its answer. */
export async function findPartnerOfConversion(
  access: TributaryAccess | undefined,
  answer: unknown,
): Promise<FoundPartner | undefined> {
  const partnerId = textOf(fieldsOf(answer)["partnerId"]);
  return partnerId === undefined ? undefined : findPartner(reader(access), partnerId);
}

const ORDER = ["recurring", "transaction", "bonus", "signup"];

async function findPartner(read: Read, partnerId: string): Promise<FoundPartner> {
  const partner = (await read(`/api/v1/admin/partners/${encodeURIComponent(partnerId)}`)) ?? {};
  const code = textOf(partner["referralCode"]);
  const name = [partner["companyName"], partner["name"], fieldsOf(partner["contact"])["name"], partner["email"]]
    .map(textOf)
    .find((text) => text !== undefined);
  return { name: name ?? code ?? "the partner who sent you", code };
}

/** The receipt is the event's: every commission of it has the same. Where nothing was earned, only the explanation has it. */
async function findClauses(
  read: Read,
  at: { readonly commissionId: string | undefined; readonly externalId: string | undefined },
): Promise<readonly Clause[]> {
  if (at.commissionId !== undefined) {
    return readClauses((await read(`/api/v1/admin/commissions/${at.commissionId}`))?.["receipt"]);
  }
  if (at.externalId === undefined) return [];
  const explanation = await read(`/api/v1/admin/explain?transaction=${encodeURIComponent(at.externalId)}`);
  const told = fieldsOf(explanation?.["transaction"]);
  return readClauses(told["receipt"] ?? listOf(told["receipts"])[0] ?? told);
}

const readCommission = (row: Record<string, unknown>): FoundCommission => ({
  id: textOf(row["id"]) ?? "",
  type: textOf(row["type"]) ?? "",
  amount: numberOf(row["amount"]),
  currency: textOf(row["currency"]) ?? "",
  rate: typeof row["rate"] === "number" ? row["rate"] : null,
  status: textOf(row["status"]) ?? "",
  holdUntil: textOf(row["holdUntil"]),
  isReversal: textOf(row["reversesId"]) !== undefined,
});
