import { Button } from "@mantine/core";
import { browserSupportsWebAuthn } from "@simplewebauthn/browser";
import { useMutation } from "@tanstack/react-query";
import { openApi, signInByPasskey } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Problem } from "../../ui/problem.tsx";
import { signWithPasskey } from "./passkeys.ts";

/** Signs in without a password, where the browser knows of passkeys. */
export default function PasskeyButton() {
  const enter = useMutation({
    mutationFn: async () => {
      const { token, options } = await openApi.beginPasskeySignIn();
      await signInByPasskey({ token, passkey: await signWithPasskey(options) });
    },
  });
  if (!browserSupportsWebAuthn()) return null;
  return (
    <div style={{ marginBlockStart: 16 }}>
      {enter.error ? <Problem error={enter.error} /> : null}
      <Button variant="default" fullWidth onClick={() => enter.mutate()} disabled={enter.isPending}>
        {t("factor.signInPasskey")}
      </Button>
    </div>
  );
}
