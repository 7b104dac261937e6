import { DAY_MS } from "../../kernel/clock.ts";
import { asPartner, type Stage, type StagedPartner } from "./demo-stage.ts";
import { plainPicture } from "./plain-picture.ts";

const base64 = (content: Buffer | string): string => Buffer.from(content).toString("base64");

/** What partners may publish, and the deals that resellers work on. Nothing where an earlier build has made them. */
export async function stageGrowth(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  if ((await stage.app.materials.findMaterials(stage.at(end), { limit: 1 })).data.length === 0)
    await stageMaterials(stage, end);
  if ((await stage.app.leads.findLeads(stage.at(end), { limit: 1 })).data.length === 0)
    await stageLeads(stage, cast, end);
}

const ALL_TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const INDIGO = [68, 83, 214] as const;
const TEAL = [17, 149, 124] as const;
const SAND = [244, 194, 106] as const;
const PAPER = [246, 247, 248] as const;

async function stageMaterials({ app, at }: Stage, end: Date): Promise<void> {
  const ago = (days: number) => at(new Date(end.getTime() - days * DAY_MS));
  const picture = (
    name: string,
    width: number,
    height: number,
    colours: Parameters<typeof plainPicture>[0]["colours"],
  ) => ({
    name,
    content: base64(plainPicture({ width, height, colours })),
  });
  await app.materials.createMaterial(ago(40), {
    kind: "banner",
    title: "Medium rectangle, indigo",
    description: "For the side of an article",
    alt: "Cards and books for small companies",
    tiers: ALL_TIERS,
    file: picture("medium-rectangle.png", 300, 250, [INDIGO, PAPER]),
  });
  const leaderboard = await app.materials.createMaterial(ago(30), {
    kind: "banner",
    title: "Leaderboard",
    alt: "Close your books in a morning",
    tiers: ALL_TIERS,
    file: picture("leaderboard.png", 728, 90, [SAND, INDIGO]),
  });
  await app.materials.addMaterialVersion(ago(9), {
    materialId: leaderboard.id,
    alt: "Close your books in a morning",
    file: picture("leaderboard-2.png", 728, 90, [TEAL, PAPER]),
  });
  await app.materials.createMaterial(ago(20), {
    kind: "text",
    title: "Three lines for a newsletter",
    tiers: ALL_TIERS,
    text: "We do our own books with it, and it takes a morning a month.\nTry it: {{link}}\n({{company}} gets a commission if you stay.)",
  });
  await app.materials.createMaterial(ago(12), {
    kind: "file",
    title: "Questions that clients ask",
    description: "For whoever shows it to clients",
    file: { name: "questions.txt", content: base64("How long does the move take?\nUsually two weeks.\n") },
  });
  const spring = await app.materials.createMaterial(ago(200), {
    kind: "banner",
    title: "Spring offer",
    alt: "Two months free until the end of May",
    tiers: ["tier1"],
    file: picture("spring.png", 300, 250, [TEAL, SAND]),
  });
  await app.materials.changeMaterial(ago(120), { materialId: spring.id, status: "archived" });
}

/** A deal of the story, and what became of it. */
type StagedDeal = {
  readonly partner: string;
  readonly company: string;
  readonly contact: string;
  readonly email: string;
  readonly value: number;
  readonly daysAgo: number;
  readonly isAccepted?: true;
  readonly stage?: "contacted" | "qualified" | "proposal";
  readonly declined?: string;
};

const DEALS: readonly StagedDeal[] = [
  {
    partner: "Northgate Accounting",
    company: "Larkspur Bakery Ltd",
    contact: "Iris Moss",
    email: "iris@larkspur-bakery.example",
    value: 480_000,
    daysAgo: 50,
    isAccepted: true,
    stage: "proposal",
  },
  {
    partner: "Northgate Accounting",
    company: "Blue Fern Studio",
    contact: "Theo Lind",
    email: "theo@bluefern.example",
    value: 240_000,
    daysAgo: 82,
    isAccepted: true,
    stage: "contacted",
  },
  {
    partner: "Northgate Accounting",
    company: "Tern Marine Supplies",
    contact: "Ola Berg",
    email: "ola@tern-marine.example",
    value: 960_000,
    daysAgo: 3,
  },
  {
    partner: "Brightwell Advisors",
    company: "Larkspur Bakery",
    contact: "Iris Moss",
    email: "accounts@larkspur-bakery.example",
    value: 400_000,
    daysAgo: 6,
  },
  {
    partner: "Brightwell Advisors",
    company: "Old Mill Joinery",
    contact: "Ruth Ames",
    email: "ruth@oldmill.example",
    value: 150_000,
    daysAgo: 1,
  },
  {
    partner: "Nordbank",
    company: "Harbour Freight Agents",
    contact: "Jon Vik",
    email: "jon@harbourfreight.example",
    value: 5_200_000,
    daysAgo: 20,
    isAccepted: true,
    stage: "qualified",
  },
  {
    partner: "Kestrel & Sons",
    company: "Parish & Pike",
    contact: "Dora Pike",
    email: "dora@parishpike.example",
    value: 90_000,
    daysAgo: 15,
    declined: "We have talked to them ourselves since January.",
  },
];

async function stageLeads(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  for (const deal of DEALS) {
    const partner = cast.find((one) => one.cast.company === deal.partner);
    if (partner === undefined) continue;
    const at = new Date(end.getTime() - deal.daysAgo * DAY_MS);
    const next = new Date(at.getTime() + DAY_MS / 2);
    const { lead } = await app.leads.registerLead(asPartner(stage, partner, at), {
      company: deal.company,
      contactName: deal.contact,
      contactEmail: deal.email,
      expectedValue: deal.value,
      currency: "USD",
    });
    if (lead === null) continue;
    const leadId = lead.id;
    if (deal.isAccepted) await app.leads.acceptLead(stage.at(next), { leadId });
    if (deal.declined !== undefined) await app.leads.declineLead(stage.at(next), { leadId, reason: deal.declined });
    if (deal.stage !== undefined)
      await app.leads.changeLead(asPartner(stage, partner, new Date(next.getTime() + DAY_MS)), {
        leadId,
        status: deal.stage,
      });
  }
}
