import { PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import "@mantine/core/styles/ActionIcon.layer.css";
import { useMutation } from "@tanstack/react-query";
import { isTributaryError } from "@tributary/sdk";
import { lazy, Suspense, useState } from "react";
import { showFactor, signIn } from "../../app/session.ts";
import { loadPageMessages, t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";

const SecondFactor = lazy(() => loadPageMessages().then(() => import("../security/second-factor.tsx")));
const PasskeyButton = lazy(() => loadPageMessages().then(() => import("../security/passkey-button.tsx")));

/** E-mail and password, and the second factor of whoever has one; the page behind goes on by itself. */
export function SignInForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({ mutationFn: signIn });
  const { error } = enter;
  if (isTributaryError(error) && error.code === "auth.second_factor_required")
    return (
      <Suspense>
        <SecondFactor facts={error.facts} act={t("signIn.act")} send={showFactor} onBack={enter.reset} />
      </Suspense>
    );
  return (
    <>
      <Form
        act={t("signIn.act")}
        isBusy={enter.isPending}
        error={enter.error}
        onSubmit={() => enter.mutate({ email, password })}
      >
        <TextInput
          label={t("field.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("field.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        />
      </Form>
      <Suspense>
        <PasskeyButton />
      </Suspense>
    </>
  );
}
