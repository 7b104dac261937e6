import type { Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import type { CardDeps } from "./card-deps.ts";
import type { IssuerOrder } from "./card-issuer.ts";
import type { ProgramRow } from "./program-repository.ts";
import { openSecrets } from "./program-secrets.ts";
import { insertRequest, lockChain, type RequestKey, type RequestRow } from "./request-repository.ts";

/** The job that talks to the issuer. */
export const SEND_REQUEST_JOB = "cards.send_request";
/** With the queue's pauses about two weeks; then `wakeRequests` begins anew. */
const SEND_ATTEMPTS_MAX = 60;

/** What a sealed body belongs to: moved to another row it does not open. */
const bodyContext = ({ programId, id }: RequestKey): string => `card_requests:${programId}:${id}`;

export const enqueueSendings = (tx: Tx, keys: readonly RequestKey[]): Promise<void> =>
  enqueueAll(
    tx,
    SEND_REQUEST_JOB,
    keys.map(({ programId, id }) => ({
      payload: { programId, id } satisfies RequestKey,
      key: `card-request:${programId}:${id}`,
      maxAttempts: SEND_ATTEMPTS_MAX,
    })),
  );

/** The issuer as a programme reaches it. */
export function issuerOf(deps: Pick<CardDeps, "sealer" | "openIssuer">, program: ProgramRow) {
  const { applicationToken, adminToken } = openSecrets(deps.sealer, program.id, program.secrets_sealed);
  return deps.openIssuer({ baseUrl: program.base_url, applicationToken, adminToken });
}

export type Opening = {
  readonly program: ProgramRow;
  /** Its token at the issuer. */
  readonly token: string;
  /** What goes before and after it. */
  readonly chainId: string;
  readonly targetId: string;
  readonly order: IssuerOrder;
};

/** Writes down what the issuer is to be asked for, token and bytes, and enqueues the asking: both commit with the caller, or neither. */
export async function openRequest(deps: CardDeps, tx: Tx, opening: Opening): Promise<void> {
  const { program, token, chainId, targetId, order } = opening;
  await lockChain(tx, chainId);
  const key = { programId: program.id, id: token };
  await insertRequest(tx, {
    program_id: program.id,
    id: token,
    kind: order.kind,
    chain_id: chainId,
    target_id: targetId,
    body_sealed: deps.sealer.seal(issuerOf(deps, program).prepare(token, order), bodyContext(key)),
  });
  await enqueueSendings(tx, [key]);
}

/** The bytes of a request that is open. */
export const bodyOf = ({ sealer }: Pick<CardDeps, "sealer">, { program_id, id, body_sealed }: RequestRow): string =>
  sealer.open(body_sealed ?? Buffer.alloc(0), bodyContext({ programId: program_id, id }));
