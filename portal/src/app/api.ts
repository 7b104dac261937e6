import { createClient } from "@tributary/sdk";
import { fetchOnce } from "./early.ts";
import { readerHeaders } from "./reader-headers.ts";
import { accessToken } from "./session.ts";

/** The API as the person who is signed in; same origin, so nothing crosses. */
export const api = createClient({
  baseUrl: location.origin,
  credentials: { accessToken },
  fetch: fetchOnce,
  headers: readerHeaders(),
});
