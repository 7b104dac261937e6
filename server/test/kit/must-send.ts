import type { WholeApp } from "./app.ts";
import { fresh } from "./journey-steps.ts";

/** Sends what must go well, and returns its answer's body; throws what was answered where that is a refusal. */
export async function mustSend<Body = Record<string, unknown>>(
  world: Pick<WholeApp, "send">,
  auth: string,
  method: "GET" | "POST" | "PUT",
  url: string,
  body?: object,
): Promise<Body> {
  const key = method === "POST" ? { key: fresh("key") } : {};
  const answer = await world.send<Body>(method, url, { auth, ...key, ...(body === undefined ? {} : { body }) });
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
