import type { Json } from "./marqeta-world.ts";

/** Sends a POST to whoever is told or asked. */
export type Post = (
  url: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly timeoutMs: number },
) => Promise<{ readonly status: number; readonly body: string }>;

/** The Authorization header for whoever gave us these. */
export const basicOf = (config: Json): string =>
  `Basic ${Buffer.from(`${String(config["basic_auth_username"])}:${String(config["basic_auth_password"])}`).toString("base64")}`;
