import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** One line of the shop's history, numbered as in the file. */
export type Purchase = {
  readonly line: number;
  readonly customer: string;
  readonly day: string;
  readonly cents: bigint;
};

const PARTNERS = 20;
const TYPES = ["affiliate", "reseller", "whitelabel", "technology"] as const;

/** Every third purchase of a hundred is refunded, a half of it or all of it, so long after that no signup is taken back. */
const REFUND_AFTER_DAYS = 40;

/**
 * A customer's partner is its number modulo 20, counted in the sample: this holds every tenth customer of the shop, and gives each its number in the shop, which
 * ends in 0. That number itself modulo 20 is 0 or 10: two partners of two tiers would have everybody, and no partner of the second or fourth tier would have a sale.
 */
export const partnerOf = (customer: string): number => (Number(customer) / 10) % PARTNERS;
/** Five partners in each tier. */
export const tierOf = (partner: number): number => (partner % 4) + 1;

/** Reads the shop's history. */
export function readPurchases(): Purchase[] {
  const text = readFileSync(new URL("purchases.txt", import.meta.url), "utf8");
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((row, index) => {
      const [customer = "", day = "", , value = ""] = row.trim().split(/\s+/);
      const [dollars = "0", cents = ""] = value.split(".");
      return {
        line: index + 1,
        customer,
        day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`,
        cents: BigInt(dollars) * 100n + BigInt(cents.padEnd(2, "0")),
      };
    });
}

/** What of a purchase is refunded later: nothing, a half (rounded down to the cent), or all. */
export function refundOf({ line, cents }: Purchase): bigint {
  if (cents === 0n) return 0n;
  if (line % 100 === 33) return cents;
  return line % 100 === 66 ? cents / 2n : 0n;
}

/** The purchases of one day come one second after the other, in the order of the file. */
export const purchasedAt = ({ line, day }: Purchase): Date =>
  new Date(Date.parse(`${day}T12:00:00Z`) + (line % 3_600) * 1_000);
export const refundedAt = (purchase: Purchase): Date =>
  new Date(purchasedAt(purchase).getTime() + REFUND_AFTER_DAYS * 86_400_000);

const decimal = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;

/** Writes the three files of an import; returns their paths. */
export async function writeFiles(folder: string, purchases: readonly Purchase[]) {
  const firstDay = new Map<string, string>();
  for (const { customer, day } of purchases) {
    const known = firstDay.get(customer);
    if (known === undefined || day < known) firstDay.set(customer, day);
  }
  const partners = Array.from({ length: PARTNERS }, (_, number) =>
    [
      `p${number}`,
      `p${number}@partners.example`,
      `Partner ${number}`,
      TYPES[tierOf(number) - 1],
      `tier${tierOf(number)}`,
      `partner${number}`,
      "US",
      "2020-01-01T00:00:00Z",
    ].join(","),
  );
  const referrals = [...firstDay].map(([customer, day]) =>
    [
      `c${customer}`,
      `partner${partnerOf(customer)}`,
      `${day}T08:00:00Z`,
      `${day}T09:00:00Z`,
      `c${customer}@customers.example`,
    ].join(","),
  );
  const transactions = purchases.flatMap((purchase) => {
    const base = (id: string, kind: string, cents: bigint, at: Date, original: string) =>
      [id, `c${purchase.customer}`, kind, decimal(cents), "USD", at.toISOString(), original].join(",");
    const payment = base(`t${purchase.line}`, "payment", purchase.cents, purchasedAt(purchase), "");
    const refund = refundOf(purchase);
    return refund === 0n
      ? [payment]
      : [payment, base(`r${purchase.line}`, "refund", refund, refundedAt(purchase), `t${purchase.line}`)];
  });
  const write = async (name: string, header: string, lines: readonly string[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `${[header, ...lines].join("\n")}\n`);
    return path;
  };
  return {
    partners: await write(
      "partners.csv",
      "external_id,email,company_name,partner_type,tier,referral_code,country,joined_at",
      partners,
    ),
    referrals: await write("referrals.csv", "external_id,referral_code,clicked_at,converted_at,email", referrals),
    // Backwards: an import brings its rows into order by itself.
    transactions: await write(
      "transactions.csv",
      "external_id,user_external_id,kind,amount,currency,occurred_at,original_external_id",
      transactions.toReversed(),
    ),
  };
}
