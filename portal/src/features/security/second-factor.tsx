import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Input } from "@tributary/sdk";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Problem } from "../../ui/problem.tsx";
import classes from "../../ui/stack.module.css";
import { signWithPasskey } from "./passkeys.ts";

type Method = "totp" | "passkey" | "recovery";
/** What the server says of how to go on; `facts` of `auth.second_factor_required`. */
type Asked = {
  readonly token: string;
  readonly methods: readonly Method[];
  readonly passkeyOptions: object | null;
};

const askedOf = (facts: Readonly<Record<string, unknown>>): Asked => facts as unknown as Asked;
const OTHER_WAYS = {
  totp: t("factor.useCode"),
  passkey: t("factor.usePasskey"),
  recovery: t("factor.useRecovery"),
} as const satisfies Record<Method, string>;

type Shown = Omit<Input<"showSecondFactor">["body"], "refreshToken">;

/** The step after the password, for whoever has a second factor: at sign-in, and before what needs proof of just now. */
export default function SecondFactor(props: {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly act: string;
  readonly send: (shown: Shown) => Promise<void>;
  readonly onBack: () => void;
}) {
  const { send } = props;
  const { token, methods, passkeyOptions } = askedOf(props.facts);
  const [method, setMethod] = useState<Method>(methods[0] ?? "totp");
  const [typed, setTyped] = useState("");
  const show = useMutation({
    mutationFn: async () => {
      if (method === "totp") return send({ token, code: typed.replaceAll(/\D/g, "") });
      if (method === "recovery") return send({ token, recoveryCode: typed.trim() });
      if (passkeyOptions === null) return;
      return send({ token, passkey: await signWithPasskey(passkeyOptions) });
    },
  });
  return (
    <div className={classes.stack}>
      {method === "passkey" ? (
        <>
          {show.error ? <Problem error={show.error} /> : null}
          <Button onClick={() => show.mutate()} disabled={show.isPending}>
            {t("factor.usePasskey")}
          </Button>
        </>
      ) : (
        <Form
          act={props.act}
          isBusy={show.isPending}
          error={show.error}
          isReady={typed !== ""}
          onSubmit={() => show.mutate()}
        >
          <TextInput
            label={method === "totp" ? t("factor.code") : t("factor.recovery")}
            description={method === "totp" ? t("factor.showCode") : t("factor.showRecovery")}
            autoComplete="one-time-code"
            inputMode={method === "totp" ? "numeric" : "text"}
            dir="ltr"
            maxLength={20}
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Form>
      )}
      {method === "recovery" ? <p>{t("factor.lostAll")}</p> : null}
      <div className={classes.row}>
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setTyped("");
                show.reset();
                setMethod(other);
              }}
            >
              {OTHER_WAYS[other]}
            </Button>
          ))}
        <Button variant="subtle" size="compact-sm" onClick={props.onBack}>
          {t("factor.back")}
        </Button>
      </div>
    </div>
  );
}
