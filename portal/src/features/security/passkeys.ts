import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { Input } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";

type Made = NonNullable<Input<"confirmPasskey">["body"]>["response"];
type Signed = NonNullable<Input<"signInByPasskey">["body"]>["passkey"];

/** Has the browser make a passkey, as the API takes it. */
export const makePasskey = (options: unknown): Promise<Made> =>
  orExplained(async () => (await startRegistration({ optionsJSON: options as never })) as unknown as Made);

/** Has a passkey sign what the API asked. */
export const signWithPasskey = (options: unknown): Promise<Signed> =>
  orExplained(async () => (await startAuthentication({ optionsJSON: options as never })) as unknown as Signed);

/** The browser's own words for why not are for programmers. */
async function orExplained<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw Object.assign(new Error("no passkey", { cause: error }), { title: t("factor.passkeyFailed") });
  }
}
