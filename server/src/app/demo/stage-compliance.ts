import type { Stage, StagedPartner } from "./demo-stage.ts";

/** A list with one entry besides a ship, in OFAC's format: nobody real is on it. */
const LIST = {
  "sdn.csv":
    '1,"PAPER SHIP","vessel","DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n2,"COPPER KETTLE TRADING COMPANY",-0- ,"DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Made up for the demo."\r\n\u001a',
  "add.csv": '2,1,"1 Example Street","Valletta","Malta",-0- \r\n\u001a',
  "alt.csv": '2,1,"aka","COPPER KETTLE",-0- \r\n\u001a',
};
const LIKE_LISTED = "Copper Kettle";

const AGREEMENT = {
  name: "Partner agreement",
  tiers: ["tier1", "tier2", "tier3", "tier4"],
  title: "Partner agreement",
  body: `## 1. What partners do

Partners tell people of the product, and say that they earn by it wherever they do.

## 2. What partners do not do

- Bid on the programme's name in search ads.
- Promise anybody an income.
- Pay people for signing up.

## 3. What partners earn

The terms of their tier, as they are in the portal. A refund takes back what its sale has earned.

This is a text of the demo and no contract: have a lawyer write yours.`,
  blocksPayouts: true,
  blocksApproval: false,
  graceDays: 90,
} as const;

/** An agreement that partners are asked to accept, and a possible match that waits for two people. Screening itself stays off. */
export async function stageCompliance({ app, at }: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const ctx = at(end);
  const [before] = (await app.compliance.findAgreements(ctx, { limit: 1 })).data;
  if (before !== undefined) return;
  const { tiers, ...text } = AGREEMENT;
  const { versions } = await app.compliance.createAgreement(ctx, { ...text, tiers: [...tiers] });
  for (const { id, textHash } of versions)
    await app.compliance.publishVersion(ctx, { versionId: id, readHash: textHash });

  const partner = cast.find((one) => one.cast.company === LIKE_LISTED);
  if (partner === undefined) return;
  const files = Object.entries(LIST).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  await app.compliance.importList(ctx, { source: "ofac", files, encoding: "utf-8", asOf: end, confirmedAt: end });
  await app.compliance.changeScreening(ctx, { isEnabled: true });
  await app.compliance.screenPartner(ctx, { partnerId: partner.id });
  await app.compliance.changeScreening(ctx, { isEnabled: false });
}
