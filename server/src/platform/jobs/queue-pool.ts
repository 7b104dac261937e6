import { Pool, type PoolClient, type PoolConfig } from "pg";
import { isUnavailable } from "../database/index.ts";

const ASKED_AGAIN_AFTER_MS = 250;
/** What Postgres says while it starts. The queue repeats by itself what failed so; what failed otherwise it gives up. */
const CANNOT_CONNECT_NOW = "57P03";

type OnClient = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient["release"]) => void;

/**
 * A pool for the queue's worker, which outlasts a database that goes away: who wants a connection waits until there is one, and a statement that
 * lost its own is sent again. The queue awaits nobody who writes down that a job is done, so that one failure there would end the process, and
 * the job would stay locked.
 */
export class PatientPool extends Pool {
  constructor(config: PoolConfig) {
    super(config);
    // A connection that dies tells its query; without listeners it would end the process.
    const ignore = (): void => {};
    this.on("error", ignore).on("connect", (client) => makePatient(client).on("error", ignore));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: OnClient): void;
  override connect(callback?: OnClient): Promise<PoolClient> | undefined {
    if (callback === undefined)
      return new Promise((resolve, reject) => {
        this.connect((error, client) => (client === undefined ? reject(error) : resolve(client)));
      });
    const ask = (): void =>
      super.connect((error, client, release) => {
        if (!isUnavailable(error)) callback(error, client, release);
        // When the pool has been closed nobody is there any more to be told.
        else if (!this.ending) setTimeout(ask, ASKED_AGAIN_AFTER_MS);
      });
    ask();
    return undefined;
  }
}

function makePatient(client: PoolClient): PoolClient {
  const query = client.query.bind(client) as (...query: unknown[]) => unknown;
  const patient = (...of: unknown[]): unknown => {
    const answer = query(...of);
    return answer instanceof Promise ? answer.catch(rethrowAsStarting) : answer;
  };
  return Object.assign(client, { query: patient });
}

function rethrowAsStarting(error: unknown): never {
  throw isUnavailable(error) && error instanceof Error ? Object.assign(error, { code: CANNOT_CONNECT_NOW }) : error;
}
