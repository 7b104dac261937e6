import type { PartnerType } from "../../partners/index.ts";
import type { Tier } from "../../programs/index.ts";

/** A partner of the demo. `weight` is how much of the business it brings, `monthsAgo` when it joined. */
export type CastPartner = {
  readonly externalId: string;
  readonly company: string;
  readonly email: string;
  readonly type: PartnerType;
  readonly tier: Tier;
  readonly code: string;
  readonly country: string;
  readonly weight: number;
  readonly monthsAgo: number;
  /** Has a login of the demo, and is paid through the stand-in of Stripe. */
  readonly isLead: boolean;
};

type Line = readonly [company: string, country: string, weight: number, monthsAgo: number];

/** The first of each is its lead. */
const COMPANIES: Readonly<Record<PartnerType, readonly Line[]>> = {
  affiliate: [
    ["Ada Writes", "US", 9, 12],
    ["The Tidy Ledger", "US", 6, 12],
    ["Small Shop Stories", "GB", 5, 12],
    ["Kitchen Table Finance", "US", 5, 11],
    ["Paper Boats", "DE", 4, 11],
    ["Monday Receipts", "US", 4, 10],
    ["Fern & Feather", "IE", 3, 10],
    ["Side Street Podcast", "US", 3, 9],
    ["Numbers for Makers", "CA", 3, 9],
    ["Quiet Growth Letter", "US", 3, 8],
    ["Harbour Notes", "NL", 2, 8],
    ["One Desk Studio", "US", 2, 7],
    ["Lantern Reviews", "GB", 2, 6],
    ["Half Past Invoice", "AU", 2, 5],
    ["Field Guide to Fees", "US", 2, 4],
    ["Maple Street Blog", "CA", 1, 3],
    ["Copper Kettle", "US", 1, 2],
    ["Little Blue Spreadsheet", "FR", 1, 1],
  ],
  reseller: [
    ["Northgate Accounting", "US", 12, 12],
    ["Brightwell Advisors", "GB", 8, 12],
    ["Kestrel & Sons", "US", 6, 11],
    ["Alder Consulting", "DE", 5, 10],
    ["Summit Books", "US", 5, 9],
    ["Oakline Agency", "CA", 4, 9],
    ["Tiller Bookkeeping", "US", 4, 7],
    ["Meridian Advisory", "IE", 3, 6],
    ["Halyard Partners", "NL", 3, 4],
    ["Cedar Row", "US", 2, 3],
  ],
  whitelabel: [
    ["Nordbank", "SE", 10, 12],
    ["Castellan Pay", "GB", 7, 9],
    ["Ledgerline", "US", 5, 6],
    ["Plainfield Credit", "US", 3, 3],
  ],
  technology: [
    ["Tallybook", "US", 8, 12],
    ["Shelfwise", "US", 5, 10],
    ["Ordersmith", "DE", 4, 9],
    ["Payroll Pal", "GB", 3, 7],
    ["Cartographer", "US", 3, 5],
    ["Stocktake", "CA", 2, 4],
    ["Formwork", "FR", 2, 2],
    ["Mailroom", "US", 1, 1],
  ],
};

const TIERS: Readonly<Record<PartnerType, Tier>> = {
  affiliate: "tier1",
  reseller: "tier2",
  whitelabel: "tier3",
  technology: "tier4",
};

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

/** Forty partners of four tiers. */
export const CAST: readonly CastPartner[] = (Object.keys(COMPANIES) as PartnerType[]).flatMap((type) =>
  COMPANIES[type].map(([company, country, weight, monthsAgo], index) => ({
    externalId: `demo-${slug(company)}`,
    company,
    email: `${slug(company)}@partners.example`,
    type,
    tier: TIERS[type],
    code: slug(company),
    country,
    weight,
    monthsAgo,
    isLead: index === 0,
  })),
);

/** People who run the programme. */
export const TEAM = [
  { role: "admin", email: "admin@tributary.example", name: "Mara Admin" },
  { role: "finance", email: "finance@tributary.example", name: "Ben Finance" },
  { role: "support", email: "support@tributary.example", name: "Ana Support" },
] as const;
