import { constants } from "node:os";
import type { Logger } from "pino";
import { systemClock } from "../../kernel/clock.ts";
import type { Config } from "../config/config.ts";
import { type DemoAccess, keepDemoAccess, readDemoAccess } from "../demo/demo-access.ts";
import { pointToShop } from "../demo/point-to-shop.ts";
import { markDemoBuilt } from "./installation.ts";
import type { Parts } from "./parts.ts";
import { PORTAL_PREFIX } from "./portal-prefix.ts";
import { type Program, startProgram } from "./start-program.ts";
import { stopOnSignals } from "./stop-on-signals.ts";
import { createProgress, createSteps, print, printList, printTable, styled } from "./terminal.ts";

export type RunServer = {
  readonly config: Config;
  readonly parts: Parts;
  readonly isEmpty: boolean;
  readonly logger: Logger;
};

/** Starts the program, says where it is, and ends the process when it is told to stop. */
export async function runServer(input: RunServer): Promise<void> {
  const { config, logger } = input;
  print(`\n${styled("bold", "Tributary")} ${styled("dim", `in ${config.home}`)}\n`);
  const stopping = new AbortController();
  let program: Program | undefined;
  let background: Promise<void> = Promise.resolve();

  const stop = async (reason: string): Promise<void> => {
    print(`\nStopping (${reason}) … again to stop at once`);
    stopping.abort();
    await starting.catch(() => {});
    await background.catch(() => {});
    await program?.stop();
    print("Stopped.");
  };
  stopOnSignals({
    stop: (reason) => {
      stop(reason).then(
        () => process.exit(process.exitCode ?? 0),
        (err: unknown) => {
          logger.error({ err }, "could not stop in order");
          program?.abandon();
          process.exit(1);
        },
      );
    },
    force: () => {
      program?.abandon();
      process.exit(128 + constants.signals.SIGINT);
    },
  });

  const starting = startProgram({ ...input, steps: createSteps() });
  program = await starting.catch((error: unknown) => {
    if (stopping.signal.aborted) return undefined;
    throw error;
  });
  if (program === undefined || stopping.signal.aborted) return;
  const { app, installation, sandbox } = program;
  if (installation?.kind === "demo" && sandbox !== undefined)
    await pointToShop({ app, ctx: await program.operatorContext("demo"), shopUrl: sandbox.urls.shop });
  await announce(program, input);
  background = buildDemoBehind(program, input, stopping.signal);
}

async function announce(program: Program, { config, parts }: RunServer): Promise<void> {
  const { sandbox, installation, database } = program;
  const isDemo = installation?.kind === "demo";
  print(`\n${styled("green", "Ready")} after ${process.uptime().toFixed(1)} s\n`);
  printList([
    ...(parts.api
      ? [
          ["Portal", `${config.publicUrl}${PORTAL_PREFIX}/`] as const,
          ["API", config.publicUrl] as const,
          ["API docs", `${config.publicUrl}/docs`] as const,
        ]
      : []),
    ...(sandbox && config.mail.smtpUrl === undefined ? [["Mailbox", sandbox.urls.mailbox] as const] : []),
    ...(sandbox && isDemo ? [["Demo shop", sandbox.urls.shop] as const] : []),
    ["Health", `${config.localUrl}/health/ready`],
  ]);
  print();
  const access = isDemo ? readDemoAccess(database.home) : undefined;
  if (access?.shopKey) admit(program, config, access);
  if (isDemo && installation.demoBuiltAt !== undefined) sayWhatNext(config);
  if (parts.api && !isDemo) await offerSetUp(program);
  print(styled("dim", "  Ctrl-C stops all of it."));
}

/** Where nobody can sign in yet: a link that makes the first administrator. It makes earlier ones worthless. */
async function offerSetUp({ app, operatorContext }: Program): Promise<void> {
  const ctx = await operatorContext("set-up");
  if (!(await app.identity.needsSetUp(ctx))) return;
  const { url, expiresAt } = await app.identity.createSetUpLink(ctx);
  print("  Nobody can sign in yet. This link makes the first administrator, once:");
  print(`\n  ${styled("bold", url)}\n`);
  print(`  It is good until ${expiresAt.toISOString()}; a restart prints a fresh one.\n`);
}

/** Shows the demo's logins, and gives the shop the key that it reports with. */
function admit({ sandbox }: Program, config: Config, { logins, shopKey }: DemoAccess): void {
  if (logins.length > 0) {
    printTable(
      ["Sign in as", "e-mail", "password"],
      logins.map(({ role, email, password }) => [role, email, password]),
    );
    print();
  }
  if (sandbox && shopKey) sandbox.shop.connect({ url: config.localUrl, apiKey: shopKey });
}

/** Where to begin with a whole demo. */
function sayWhatNext(config: Config): void {
  print(
    `\n  Begin at ${styled("bold", `${config.publicUrl}/r/ada-writes`)}, a partner's link: buy in the shop, and see what she earns.`,
  );
  print(`  ${styled("dim", "docs/guides/first-five-minutes.md goes on from there.")}\n`);
}

/** Builds the demo where it is not whole yet; the server answers meanwhile. */
async function buildDemoBehind(program: Program, { config, logger }: RunServer, signal: AbortSignal): Promise<void> {
  const { app, sandbox, installation, database } = program;
  if (installation?.kind !== "demo" || installation.demoBuiltAt !== undefined || sandbox === undefined) return;
  try {
    // Only now: a start of a whole demo, or of none, does without.
    const { buildDemo } = await import("../demo/build-demo.ts");
    const progress = createProgress("Building the demo");
    const kept = readDemoAccess(database.home);
    let isAnnounced = kept !== undefined && kept.shopKey !== null;
    await buildDemo({
      app,
      ctx: await program.operatorContext("demo"),
      sandbox,
      signal,
      kept,
      onProgress: progress.show,
      onAccess: (access) => {
        keepDemoAccess(database.home, access);
        if (isAnnounced || access.shopKey === null) return;
        progress.interrupt(() => admit(program, config, access));
        isAnnounced = true;
      },
    });
    if (signal.aborted) return;
    markDemoBuilt(database.home.installation, installation, systemClock.now());
    await program.releaseWorker();
    progress.end("The demo is whole.");
    sayWhatNext(config);
  } catch (err) {
    if (!signal.aborted) logger.error({ err }, "the demo could not be built whole; the next start goes on with it");
  }
}
