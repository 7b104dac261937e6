import { authErrors } from "../identity/index.ts";
import { type Ctx, requirePartner } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { CardDeps } from "./card-deps.ts";

/** The partner for whom the caller acts; refused at once while it is not active. */
export async function requireActivePartner(
  { partners }: Pick<CardDeps, "partners">,
  tx: ReadTx,
  ctx: Ctx,
): Promise<string> {
  const partnerId = requirePartner(ctx);
  const { status } = await partners.getPartner(tx, partnerId);
  if (status !== "active") throw authErrors.partner_inactive({ status });
  return partnerId;
}
