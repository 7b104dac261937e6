import { defineErrors } from "../kernel/errors.ts";

export const authErrors = defineErrors("auth", {
  credential_malformed: {
    kind: "unauthenticated",
    title: "Authorization is neither a bearer token nor basic id and secret",
  },
  token_invalid: { kind: "unauthenticated", title: "This access token is not valid" },
  session_ended: { kind: "unauthenticated", title: "This session has ended; sign in again" },
  key_invalid: { kind: "unauthenticated", title: "This API key does not exist, or its secret is wrong" },
  key_revoked: { kind: "unauthenticated", title: "This API key was revoked" },
  key_expired: { kind: "unauthenticated", title: "This API key has expired" },
  key_address_refused: { kind: "forbidden", title: "This API key may not be used from this address" },
  credentials_wrong: {
    kind: "unauthenticated",
    title: "The e-mail or the password is wrong, or the e-mail was never verified",
  },
  second_factor_required: { kind: "unauthenticated", title: "The password is right; show your second factor" },
  factor_wrong: { kind: "unauthenticated", title: "This code is wrong, or was used" },
  passkey_refused: {
    kind: "unauthenticated",
    title: "This passkey is not one of yours here, or did not answer what was asked",
  },
  challenge_invalid: { kind: "unauthenticated", title: "This sign-in has ended or was completed; begin again" },
  factor_required: { kind: "forbidden", title: "You need a second factor here; enrol one first" },
  step_up_required: { kind: "forbidden", title: "Show again who you are: this needs your password of just now" },
  step_up_factor_required: {
    kind: "forbidden",
    title: "The password is right; show a second factor that you have as well",
  },
  too_many_attempts: { kind: "too_many", title: "Too many attempts to sign in; wait" },
  refresh_invalid: { kind: "unauthenticated", title: "This refresh token is not valid; sign in again" },
  link_invalid: { kind: "invalid", title: "This link is not valid, was used, or has expired" },
  demo_elsewhere: {
    kind: "forbidden",
    title: "The demo's logins are good on the machine that it runs on, and nowhere else",
  },
  partner_inactive: { kind: "forbidden", title: "This partner is not active" },
  tier_required: { kind: "forbidden", title: "Your tier does not include this" },
});

export const userErrors = defineErrors("user", {
  not_found: { kind: "not_found", title: "There is no such user" },
  email_taken: { kind: "conflict", title: "This e-mail is taken" },
  already_joined: { kind: "conflict", title: "They have joined already, or were disabled" },
  password_weak: { kind: "invalid", title: "This password is too easy to guess" },
  last_admin: { kind: "conflict", title: "The last admin cannot be disabled or given another role" },
  role_above_own: { kind: "forbidden", title: "You cannot give a role that may do more than you may" },
});

export const factorErrors = defineErrors("factor", {
  not_found: { kind: "not_found", title: "You have no such factor" },
  not_one: { kind: "invalid", title: "Show one of code, recoveryCode and passkey" },
  not_begun: { kind: "conflict", title: "No authenticator app is being enrolled; begin with its secret" },
  enrolled: { kind: "conflict", title: "This is enrolled already" },
  too_many: { kind: "conflict", title: "You have as many passkeys as one may have; remove one first" },
  none: { kind: "conflict", title: "You have no second factor" },
  last: { kind: "conflict", title: "A second factor is required here, and this is your last; enrol another first" },
  own: { kind: "conflict", title: "Your own factors are removed one by one, by yourself" },
});

export const keyErrors = defineErrors("key", {
  not_found: { kind: "not_found", title: "There is no such API key" },
  scope_refused: {
    kind: "forbidden",
    title: "You can give a key only what you may do yourself, and not everything of that",
  },
  address_invalid: { kind: "invalid", title: "An allowed address is an IP address or a CIDR block" },
  expiry_past: { kind: "invalid", title: "A key cannot expire before it exists" },
  too_many: { kind: "conflict", title: "There are as many active keys as one may have; revoke one first" },
});

export const sessionErrors = defineErrors("session", {
  not_found: { kind: "not_found", title: "There is no such session" },
});
