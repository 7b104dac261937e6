import type { Ctx } from "../../platform/context.ts";
import type { Composition } from "../compose.ts";

export type PointToShop = {
  readonly app: Pick<Composition, "db" | "programs">;
  /** The operator's tenant, now. */
  readonly ctx: Ctx;
  /** Where the shop is at this start. */
  readonly shopUrl: string;
};

/**
 * Leads the demo's links to the shop of this start: its port follows the server's, or is another where somebody has taken it. A destination that is
 * none of the shop's, and other hosts that links may lead to, stay as somebody has set them.
 */
export async function pointToShop({ app, ctx, shopUrl }: PointToShop): Promise<void> {
  const { defaultDestination, destinationHosts } = await app.db.read(ctx, (tx) => app.programs.getProgram(tx));
  if (defaultDestination === null) return;
  const [before, shop] = [new URL(defaultDestination), new URL(shopUrl)];
  if (before.hostname !== shop.hostname || before.host === shop.host) return;
  const others = destinationHosts.filter((host) => host !== before.host);
  const moved = new URL(before);
  moved.host = shop.host;
  await app.programs.updateProgram(ctx, { destinationHosts: [...others, shop.host], defaultDestination: moved.href });
}
