import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startMarqetaSandbox } from "../../sandbox/src/index.ts";
import { insertDecision } from "../../server/src/cards/authorization-repository.ts";
import { marqetaWire } from "../../server/src/cards/marqeta-wire.ts";
import type { Ctx } from "../../server/src/platform/context.ts";
import type { App, Routes } from "../../server/src/platform/http/index.ts";
import { ROLE_SCOPES } from "../../server/src/platform/scopes.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import { importPartners, JOINED_AT } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, percentile, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import type { Asked, AskOrder } from "./ask-process.ts";

const CALLERS = 50;
const SIZES = {
  full: { cards: 500, rounds: 5, seconds: 5, warmUpSeconds: 3 },
  quick: { cards: 50, rounds: 2, seconds: 2, warmUpSeconds: 1 },
};
const FLOOR_PATH = "/bench/authorizations";
/** No purchase of the benchmark is declined: a no writes no less, and says nothing of the sums. */
const LIMIT = 100_000_000_000n;

export const cards: Benchmark = {
  name: "cards",
  title: `Card authorisations, ${CALLERS} at once`,
  about: `The card issuer asks whether a purchase is funded (just-in-time funding), ${CALLERS} questions at once over many cards with limits for a purchase, a day and a month: password, card locked with all that the answer depends on, what counts already summed, decided, and the answer's row committed. Floor, as many at once: a route of the same server with the same body, which inserts the same row in a transaction and reads nothing.`,
  run: runCards,
};

async function runCards({ cluster, isQuick }: Bench) {
  const { cards: count, rounds, seconds, warmUpSeconds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  const sandbox = await startMarqetaSandbox();
  stack.defer(() => sandbox.close());
  const program = stack.use(await openProgram(database, undefined, [sandbox.url]));
  const made = await makeCards(program, sandbox, count);
  program.app.routes.push(floorRoute(program, made.programId));
  const { origin } = await program.listen();
  const { authorization } = made;
  const leg = (path: string) => async (): Promise<readonly number[]> =>
    (await ask({ url: `${origin}${path}`, authorization, cards: made.cards, callers: CALLERS, seconds })).latenciesMs;
  const subjectPath = `/api/v1/webhooks/card-issuer/${made.programId}/authorizations`;
  const warmUp = { authorization, cards: made.cards, callers: CALLERS, seconds: warmUpSeconds };
  for (const path of [FLOOR_PATH, subjectPath]) await ask({ ...warmUp, url: `${origin}${path}` });
  await database.analyze();

  const samples = await interleave({ floor: leg(FLOOR_PATH), subject: leg(subjectPath) }, rounds);
  const of = (name: "floor" | "subject", share: number) => samples[name].map((sample) => percentile(sample, share));
  const rate = (name: "floor" | "subject") => spreadOf(samples[name].map((sample) => sample.length / seconds)).median;
  return {
    checks: [
      check({
        figure: "p99 against a request that inserts one row",
        unit: "ms",
        subject: of("subject", 0.99),
        floor: of("floor", 0.99),
        target: { atMost: 2 },
      }),
    ],
    notes: [
      `Median: ${number(spreadOf(of("floor", 0.5)).median)} ms for the floor, ${number(spreadOf(of("subject", 0.5)).median)} ms for the authorisation; ${number(rate("floor"))} and ${number(rate("subject"))} a second.`,
      `The slowest answer of all rounds took ${number(Math.max(...samples.subject.map((sample) => percentile(sample, 1))))} ms; the issuer waits for 3,000.`,
    ],
  };
}

const PROCESS = fileURLToPath(new URL("./ask-process.ts", import.meta.url));

/** Asks from a process of its own. */
function ask(order: AskOrder): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, [JSON.stringify(order)]);
    child.once("message", (asked) => resolve(asked as Asked));
    child.once("exit", (code) => reject(new Error(`the questions ended with ${code}`)));
  });
}

/** What every such request costs that writes a row. */
const floorRoute =
  ({ app }: Program, programId: string): Routes =>
  (server) => {
    void server.register(async (inner) => {
      const scope = inner as App;
      scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      scope.post(
        FLOOR_PATH,
        {
          config: { access: { audience: "public" }, idempotency: "none", rateLimit: "issuer" },
          schema: { hide: true },
        },
        (request) =>
          app.db.transaction(request.ctx, async (tx) => {
            const question = marqetaWire.readAuthorization(JSON.parse(String(request.body)));
            if (question === undefined) throw new Error("the benchmark asks what can be read");
            await insertDecision(tx, { programId, ask: question, amount: 125n, decline: null });
            return { jit_funding: { token: question.token } };
          }),
      );
    });
  };

type Sandbox = Awaited<ReturnType<typeof startMarqetaSandbox>>;

/** Cards of one partner that pay, each of a user of its own. */
async function makeCards(
  program: Program,
  { url: baseUrl, applicationToken, adminToken, made }: Sandbox,
  count: number,
) {
  const { app, ctx } = program;
  const ids = await importPartners(program, 4);
  // The third is of the tier that has cards.
  const partnerId = ids[2] ?? "";
  const asPartner = (): Ctx => ({
    ...ctx(),
    actor: { type: "key", keyId: partnerId, partnerId, partnerTier: "tier3", scopes: ROLE_SCOPES.partner },
  });
  const connected = { name: "Bench", baseUrl, currency: "USD", applicationToken, adminToken };
  const { id: programId } = await app.cards.connectProgram(ctx(), connected);
  const limits = { perAuthorization: LIMIT, daily: LIMIT, monthly: LIMIT };
  const product = await app.cards.createCustomCardProduct(ctx(), {
    partnerId,
    programId,
    name: "Bench",
    limits,
    revenueRate: 0,
  });
  await sendOpen(program);
  const cardholder = { firstName: "Ana", lastName: "Novak" };
  const cards: { cardToken: string; userToken: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const user = await app.cards.createUser(asPartner(), { externalId: `user-${index}-${JOINED_AT.getTime()}` });
    const card = await app.cards.issueCard(asPartner(), { userId: user.id, productId: product.id, cardholder, limits });
    cards.push({ cardToken: card.id, userToken: user.id });
  }
  await sendOpen(program);
  for (const { cardToken } of cards) await app.cards.changeOwnCard(asPartner(), { cardId: cardToken, state: "active" });
  await sendOpen(program);
  const [gateway] = made("gateways");
  const caller = `${String(gateway?.["basic_auth_username"])}:${String(gateway?.["basic_auth_password"])}`;
  return { programId, cards, authorization: `Basic ${Buffer.from(caller).toString("base64")}` };
}

/** What a worker would send. */
async function sendOpen({ app, ctx }: Program): Promise<void> {
  const open = await app.db.read(ctx(), (tx) =>
    tx
      .selectFrom("card_requests")
      .select(["program_id", "id"])
      .where("status", "=", "open")
      .orderBy("number")
      .execute(),
  );
  for (const { program_id: programId, id } of open) await app.cards.sendRequest(ctx(), { programId, id });
}
