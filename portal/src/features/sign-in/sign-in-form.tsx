import { PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import "@mantine/core/styles/ActionIcon.layer.css";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { signIn } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";

/** E-mail and password; the page behind goes on by itself. */
export function SignInForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({ mutationFn: signIn });
  return (
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
  );
}
