import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PATHS } from "../../app/paths.ts";
import { openApi } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Door } from "./door.tsx";

/** Asks for the link that sets a new password. Whether the e-mail is known is told to nobody. */
export default function ForgotPage() {
  const [email, setEmail] = useState("");
  const ask = useMutation({ mutationFn: () => openApi.requestPasswordReset({ body: { email } }) });
  if (ask.isSuccess) {
    return (
      <Door title={t("forgot.sentTitle")} lead={t("forgot.sentText", { email })}>
        <Link to={PATHS.home}>{t("signIn.back")}</Link>
      </Door>
    );
  }
  return (
    <Door title={t("forgot.title")} lead={t("forgot.lead")}>
      <Form act={t("forgot.act")} isBusy={ask.isPending} error={ask.error} onSubmit={() => ask.mutate()}>
        <TextInput
          label={t("field.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </Form>
      <Link to={PATHS.home}>{t("signIn.back")}</Link>
    </Door>
  );
}
