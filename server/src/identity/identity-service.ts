import type { Ctx } from "../platform/context.ts";
import { createSealer } from "../platform/crypto/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { type AccessClaims, createAccessTokens } from "./access-token.ts";
import { modeOfKey, readBasic } from "./api-key.ts";
import { findKeysMadeBy, keyNamesOf } from "./api-key-repository.ts";
import { authenticatePerson } from "./authenticate-person.ts";
import { chooseLanguage } from "./choose-language.ts";
import { createUser, sendVerification } from "./create-user.ts";
import {
  createCustomers,
  findCustomerExternalIds,
  findCustomers,
  findCustomersByEmails,
  findCustomersByExternalIds,
  findCustomersOfCompany,
  lockCustomers,
  upsertCustomers,
} from "./customer-repository.ts";
import {
  beginPasskey,
  beginTotp,
  confirmPasskey,
  confirmTotpFactor,
  getFactors,
  renewRecoveryCodes,
} from "./enrol-factor.ts";
import { exchangeKey } from "./exchange-key.ts";
import { findAPIKeys } from "./find-api-keys.ts";
import { findSessions } from "./find-sessions.ts";
import { findUsers, getMe } from "./find-users.ts";
import { forgetExpired } from "./forget-expired.ts";
import { generateAPIKey } from "./generate-api-key.ts";
import { createHashingKeys } from "./hashing-keys.ts";
import type { IdentityDeps, IdentityParts } from "./identity-deps.ts";
import { acceptInvitation, inviteUser, repeatInvitation } from "./invite-user.ts";
import { createKeyUsage } from "./key-usage.ts";
import { normalEmail } from "./normal-email.ts";
import {
  contactsOf,
  createPeople,
  findAdministrators,
  findPayers,
  findPeopleNamed,
  findTeam,
  isPersonNamed,
  isTeamMember,
  makerOfKey,
} from "./people-repository.ts";
import { refreshSession } from "./refresh-session.ts";
import { removePasskey, removeTotp, resetFactors } from "./remove-factor.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";
import { revokeAPIKey, revokeKeysOfPartner } from "./revoke-api-key.ts";
import { revokeSession } from "./revoke-session.ts";
import { beginPasskeySignIn, showSecondFactor, signInByPasskey } from "./second-factor.ts";
import {
  sendFactorChangedMail,
  sendInvitationMail,
  sendPasswordChangedMail,
  sendResetMail,
  sendVerificationMail,
} from "./send-mails.ts";
import { findNetworksOf, findUsersOfVisitors } from "./session-repository.ts";
import { completeSetUp, createSetUpLink, needsSetUp } from "./set-up.ts";
import { signIn } from "./sign-in.ts";
import { createSignInGuard } from "./sign-in-guard.ts";
import { changeSignInSettings, getSignInSettings } from "./sign-in-settings.ts";
import { signOut } from "./sign-out.ts";
import { stepUp, stepUpByFactor } from "./step-up.ts";
import { updateUser } from "./update-user.ts";
import { findKnownEmails, findUserByEmail } from "./user-repository.ts";
import { authenticateKeyToken, type CallSite, validateAPIKey } from "./validate-api-key.ts";
import { requestVerification, verifyEmail } from "./verify-email.ts";

type LookRequest = Pick<AccessClaims, "userId" | "sessionId"> & NonNullable<AccessClaims["looksAs"]>;

/** People and programs: who they are and what they may do. */
export async function createIdentityService(deps: IdentityDeps) {
  const usage = createKeyUsage(deps);
  const parts: IdentityParts = {
    ...deps,
    accessTokens: await createAccessTokens(deps.secrets.signingKeys),
    keys: createHashingKeys(deps.secrets.pepper),
    sealer: createSealer(deps.secrets.encryptionKey),
    guard: createSignInGuard(deps.limits),
    usage,
  };
  /** A verb of a request or a job, with its parts handed in. */
  const bind =
    <Input extends unknown[], Result>(verb: (parts: IdentityParts, ctx: Ctx, ...input: Input) => Result) =>
    (ctx: Ctx, ...input: Input): Result =>
      verb(parts, ctx, ...input);
  /** A verb that joins its caller's transaction. */
  const join =
    <Input, Result>(verb: (parts: IdentityParts, tx: Tx, input: Input) => Result) =>
    (tx: Tx, input: Input): Result =>
      verb(parts, tx, input);
  /** What says who calls. */
  const recognise =
    <Result>(check: (parts: IdentityParts, site: CallSite, credentials: string) => Result) =>
    (site: CallSite, credentials: string): Result =>
      check(parts, site, credentials);

  return {
    jwks: parts.accessTokens.jwks,
    /** A bearer token: a person's, or one that stands for a key. */
    authenticateBearer: (site: CallSite, token: string) =>
      parts.accessTokens.isForKey(token)
        ? authenticateKeyToken(parts, site, token)
        : authenticatePerson(parts, site, token),
    validateAPIKey: recognise(validateAPIKey),
    /** Whether what follows `Basic` or `Bearer` says of itself that it is a test key, or stands for one. It proves nothing. */
    isTestCredential: (credentials: string) =>
      modeOfKey(readBasic(credentials)?.id ?? parts.accessTokens.keyNamedBy(credentials) ?? "") === "test",

    signIn: bind(signIn),
    showSecondFactor: bind(showSecondFactor),
    beginPasskeySignIn: bind(beginPasskeySignIn),
    signInByPasskey: bind(signInByPasskey),
    stepUp: bind(stepUp),
    stepUpByFactor: bind(stepUpByFactor),
    refreshSession: bind(refreshSession),
    signOut: bind(signOut),
    findSessions: bind(findSessions),
    revokeSession: bind(revokeSession),
    getMe: bind(getMe),
    chooseLanguage: bind(chooseLanguage),
    verifyEmail: bind(verifyEmail),
    requestVerification: bind(requestVerification),
    requestPasswordReset: bind(requestPasswordReset),
    resetPassword: bind(resetPassword),

    getFactors: bind(getFactors),
    beginTotp: bind(beginTotp),
    confirmTotpFactor: bind(confirmTotpFactor),
    removeTotp: bind(removeTotp),
    beginPasskey: bind(beginPasskey),
    confirmPasskey: bind(confirmPasskey),
    removePasskey: bind(removePasskey),
    renewRecoveryCodes: bind(renewRecoveryCodes),
    resetFactors: bind(resetFactors),
    getSignInSettings: bind(getSignInSettings),
    changeSignInSettings: bind(changeSignInSettings),

    needsSetUp: bind(needsSetUp),
    createSetUpLink: bind(createSetUpLink),
    completeSetUp: bind(completeSetUp),
    /** A token that reads as a partner and changes nothing; whether somebody may have it, the caller has asked. */
    issueLook: ({ tenantId, now }: Ctx, { userId, sessionId, ...looksAs }: LookRequest) =>
      parts.accessTokens.issue({ tenantId, userId, sessionId, looksAs }, now),
    findUsers: bind(findUsers),
    inviteUser: bind(inviteUser),
    repeatInvitation: bind(repeatInvitation),
    acceptInvitation: bind(acceptInvitation),
    updateUser: bind(updateUser),

    exchangeKey: bind(exchangeKey),
    generateAPIKey: bind(generateAPIKey),
    revokeAPIKey: bind(revokeAPIKey),
    findAPIKeys: bind(findAPIKeys),
    revokeKeysOfPartner: join(revokeKeysOfPartner),
    findKeysMadeBy,

    sendVerificationMail: bind(sendVerificationMail),
    sendResetMail: bind(sendResetMail),
    sendInvitationMail: bind(sendInvitationMail),
    sendPasswordChangedMail: bind(sendPasswordChangedMail),
    sendFactorChangedMail: bind(sendFactorChangedMail),
    forgetExpired: bind(forgetExpired),

    /** Counts a mail that a registration sends to an e-mail, known or not. Throws `auth.too_many_attempts`. */
    countMailTo: ({ tenantId }: Ctx, { email }: { readonly email: string }) =>
      parts.guard.mailTo({ account: `${tenantId}:${normalEmail(email)}` }),

    createUser: join(createUser),
    sendVerification,
    findUserByEmail,
    findKnownEmails,
    contactsOf,
    findPeopleNamed,
    isPersonNamed,
    keyNamesOf,
    findAdministrators,
    findTeam,
    makerOfKey,
    isTeamMember,
    findPayers,
    createPeople,
    upsertCustomers,
    lockCustomers,
    createCustomers,
    findCustomers,
    findCustomersByExternalIds,
    findCustomersByEmails,
    findCustomersOfCompany,
    findCustomerIds: findCustomersByExternalIds,
    findCustomerExternalIds,
    findUsersOfVisitors,
    findNetworksOf,

    /** Waits for what is noted behind requests. */
    [Symbol.asyncDispose]: () => usage[Symbol.asyncDispose](),
  };
}

export type IdentityService = Awaited<ReturnType<typeof createIdentityService>>;
