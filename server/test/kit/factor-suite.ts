import { afterAll, beforeAll, beforeEach } from "vitest";
import type { StaffRole, User } from "../../src/identity/user-repository.ts";
import { codeOf } from "./factors.ts";
import { bearer, type IdentityBench, openIdentity, PASSWORD } from "./identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "./postgres.ts";

export const FACTORS = "/api/v1/auth/factors";
/** How long a code of an app is shown. */
export const STEP = 30_000;

type Body = Record<string, unknown>;

/** Identity on a database of the file's own, and people with second factors in it. */
export function factorSuite() {
  let database: ClonedDatabase;
  let bench: IdentityBench;
  beforeAll(async () => {
    database = await cloneDatabase();
    bench = await openIdentity(database);
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());
  /** Codes change, and limits forget. */
  beforeEach(() => pass(3_600_000));

  const pass = (ms: number): void => bench.clock.moveTo(new Date(bench.clock.now().getTime() + ms));

  let caller = 0;
  async function call(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    { body, token }: { body?: object; token?: string } = {},
  ) {
    caller += 1;
    const answer = await bench.app.inject({
      method,
      url,
      headers: {
        host: "operator.test",
        "x-forwarded-for": `2001:db8:${caller.toString(16)}::1`,
        ...(token !== undefined && bearer(token)),
      },
      ...(body && { payload: body }),
    });
    return { status: answer.statusCode, body: (answer.body === "" ? {} : answer.json()) as Body };
  }
  const password = (user: User) =>
    call("POST", "/api/v1/auth/sign-in", { body: { email: user.email, password: PASSWORD } });
  const show = (token: unknown, shown: object) =>
    call("POST", "/api/v1/auth/second-factor", { body: { token, ...shown } });
  const now = (secret: string) => codeOf(secret, bench.clock.now());
  const tokenOf = (answer: { body: Body }): string => String(answer.body["accessToken"]);
  const acts = async ({ id }: User) =>
    (
      await asOwner<{ action: string }>(
        database,
        "select action from audit_log where target_id = $1 order by position",
        [id],
      )
    ).map(({ action }) => action);

  /** Somebody with an app, signed in on the device on which they enrolled it. */
  async function withApp(role: StaffRole = "admin") {
    const user = await bench.addPerson(role);
    const token = tokenOf(await password(user));
    const { body: begun } = await call("POST", `${FACTORS}/totp`, { token });
    const secret = String(begun["secret"]);
    const { body } = await call("POST", `${FACTORS}/totp/confirm`, { token, body: { code: now(secret) } });
    pass(STEP);
    return { user, token, secret, codes: body["recoveryCodes"] as string[], uri: String(begun["uri"]) };
  }
  const asked = async (user: User) =>
    (await password(user)).body["facts"] as Body & { token: string; passkeyOptions: { challenge: string } };

  return {
    get database() {
      return database;
    },
    get bench() {
      return bench;
    },
    pass,
    call,
    password,
    show,
    now,
    tokenOf,
    acts,
    withApp,
    asked,
  };
}
