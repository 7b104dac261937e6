import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { transactionErrors } from "../sales/index.ts";
import { findOwnMode, findOwnTenant, type TenantMode } from "../tenants/index.ts";
import type { CardDeps } from "./card-deps.ts";
import { programErrors } from "./card-errors.ts";
import { programEvent } from "./card-events.ts";
import { type ConnectedProgram, programView } from "./card-view.ts";
import { messagesPath } from "./issuer-paths.ts";
import { openRequest } from "./open-request.ts";
import { countPrograms, findProgram, insertProgram, moveProgram, type ProgramRow } from "./program-repository.ts";
import { newCallerSecrets, sealSecrets } from "./program-secrets.ts";
import { TEST_ISSUER } from "./test-issuer.ts";

export type ConnectProgram = {
  readonly name: string;
  /** The partner whose own it is; left out, any partner may have products in it. */
  readonly partnerId?: string;
  readonly baseUrl: string;
  readonly currency: string;
  readonly applicationToken: string;
  readonly adminToken: string;
};

/** More than one operator has contracts for. */
const PROGRAMS_MAX = 100;
/** Marqeta gives each programme a host of its own; its sandbox is one more. */
const ISSUER_HOST = /^[a-z0-9-]+\.marqeta\.com$/;

/** The address in the one form in which it is kept. Our tokens go nowhere but to the issuer. */
function issuerAddress({ issuerAddresses }: Pick<CardDeps, "issuerAddresses">, text: string, mode: TenantMode): string {
  const address = text.replace(/\/+$/, "");
  if (mode === "test") {
    if (address !== TEST_ISSUER) throw programErrors.test_issuer({ field: "baseUrl", baseUrl: TEST_ISSUER });
    return address;
  }
  if (issuerAddresses.includes(address)) return address;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isIssuer =
    url?.protocol === "https:" && ISSUER_HOST.test(url.hostname) && url.port === "" && url.username === "";
  if (!isIssuer || url.search !== "" || url.hash !== "") throw programErrors.address_refused({ field: "baseUrl" });
  return address;
}

/** Connects a programme at the issuer: where it asks whether a purchase is funded, and where it tells what happened. */
export const connectProgram =
  (deps: CardDeps) =>
  (ctx: Ctx, input: ConnectProgram): Promise<ConnectedProgram> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      const baseUrl = issuerAddress(deps, input.baseUrl, await findOwnMode(tx));
      if (!isCurrency(input.currency)) throw transactionErrors.currency_unknown({ field: "currency" });
      if (input.partnerId !== undefined) await deps.partners.getPartner(tx, input.partnerId);
      if ((await countPrograms(tx)) >= PROGRAMS_MAX) throw programErrors.too_many({ limit: PROGRAMS_MAX });
      const id = newId();
      const caller = newCallerSecrets();
      const { applicationToken, adminToken } = input;
      const program = await insertProgram(tx, {
        id,
        partner_id: input.partnerId ?? null,
        name: input.name,
        base_url: baseUrl,
        currency: input.currency,
        secrets_sealed: sealSecrets(deps.sealer, id, { applicationToken, adminToken, caller }),
      });
      const common = { program, chainId: id, targetId: id };
      const name = `Tributary ${id.slice(-12)}`;
      const { lastingUrl: origin } = await findOwnTenant(tx, deps.publicUrl);
      const url = `${origin}${messagesPath(id)}`;
      await openRequest(deps, tx, {
        ...common,
        token: gatewayToken(id),
        order: { kind: "gateway", name, url: `${url}/authorizations`, caller },
      });
      await openRequest(deps, tx, { ...common, token: newId(), order: { kind: "webhook", name, url, caller } });
      await deps.audit.record(tx, "card_program.connected", {
        targetType: "card_program",
        targetId: id,
        after: { name: input.name, partnerId: program.partner_id, baseUrl, currency: input.currency },
      });
      await deps.outbox.publish(tx, [programEvent("card_program.connected", program)]);
      return programView(program);
    });

/** The gateway of a programme has the programme's own id for a token: products name it. */
export const gatewayToken = (programId: string): string => programId;

/** Turns a programme off: nothing is approved in it, and nothing made; or on again. */
export const switchProgram =
  (deps: CardDeps) =>
  (
    ctx: Ctx,
    { programId, isEnabled }: { readonly programId: string; readonly isEnabled: boolean },
  ): Promise<ProgramRow> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      const move = isEnabled
        ? ({ from: ["active", "disabled"], to: "active" } as const)
        : ({ from: ["active", "disabled"], to: "disabled" } as const);
      const program = await moveProgram(tx, programId, move);
      if (program === undefined) {
        const found = await findProgram(tx, programId);
        throw found === undefined ? programErrors.not_found() : programErrors.wrong_state({ status: found.status });
      }
      await deps.audit.record(tx, isEnabled ? "card_program.enabled" : "card_program.disabled", {
        targetType: "card_program",
        targetId: programId,
      });
      await deps.outbox.publish(tx, [programEvent("card_program.status_changed", program)]);
      return program;
    });
