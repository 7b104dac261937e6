import { newId } from "../../src/kernel/id.ts";
import { PASSWORD } from "./app.ts";
import { byId, nothing, type Request, reason } from "./request-parts.ts";

const token = "not-a-token";
const credential = { id: "Zm9v", rawId: "Zm9v", type: "public-key", clientExtensionResults: {} };
const signed = { ...credential, response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" } };
const made = { ...credential, response: { clientDataJSON: "e30", attestationObject: "oA" } };

/** Of the routes of second factors. */
export const FACTOR_REQUESTS: Readonly<Record<string, Request>> = {
  "POST /api/v1/auth/second-factor": () => ({ body: { token, code: "123456" } }),
  "POST /api/v1/auth/passkey/begin": nothing,
  "POST /api/v1/auth/passkey": () => ({ body: { token, passkey: signed } }),
  "POST /api/v1/auth/step-up": () => ({ body: { password: PASSWORD } }),
  "POST /api/v1/auth/step-up/factor": () => ({ body: { token, code: "123456" } }),
  "GET /api/v1/auth/factors": nothing,
  "POST /api/v1/auth/factors/totp": nothing,
  "POST /api/v1/auth/factors/totp/confirm": () => ({ body: { code: "123456" } }),
  "DELETE /api/v1/auth/factors/totp": nothing,
  "POST /api/v1/auth/factors/passkeys/begin": nothing,
  "POST /api/v1/auth/factors/passkeys": () => ({ body: { token, name: "A phone", response: made } }),
  "DELETE /api/v1/auth/factors/passkeys/:id": () => ({ params: { id: newId() } }),
  "POST /api/v1/auth/factors/recovery-codes": nothing,
  "POST /api/v1/admin/users/:id/reset-factors": byId("user", { reason }),
  "GET /api/v1/admin/sign-in-settings": nothing,
  "PUT /api/v1/admin/sign-in-settings": () => ({ body: { requiredRoles: ["support"], graceDays: 90 } }),
};
