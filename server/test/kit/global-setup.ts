import { Client, escapeLiteral } from "pg";
import type { TestProject } from "vitest/node";
import { startThrowAwayPostgres } from "../../src/app/database/throw-away-postgres.ts";
import { migrate } from "../../src/platform/database/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser URL of the server that holds the template; its path is the template's name. */
    postgresUrl: string;
  }
}

const TEMPLATE = "tributary_template";

/** One throw-away Postgres for the run, with a template database that is migrated once. TEST_DATABASE_URL names one to use instead. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  const server = given === undefined ? await startWithTemplate() : { url: given, stop: async () => {} };
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await migrate({ url: template.href });
  project.provide("postgresUrl", template.href);
  return server.stop;
}

async function startWithTemplate(): Promise<{ url: string; stop: () => Promise<void> }> {
  const postgres = await startThrowAwayPostgres();
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  // Set again, it is checked as fast as this server checks passwords.
  await client.query(
    `alter role current_user password ${escapeLiteral(decodeURIComponent(new URL(postgres.url).password))}`,
  );
  await client.end();
  return postgres;
}
