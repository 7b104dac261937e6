import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import "@mantine/core/styles/ActionIcon.layer.css";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PATHS } from "../../app/paths.ts";
import { openApi } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Door } from "./door.tsx";
import { PARTNER_TYPES, type PartnerType } from "./partner-types.ts";

const EMPTY = { name: "", companyName: "", email: "", password: "", partnerType: "affiliate" as PartnerType };

/** Applies for the programme. The mail that follows proves the e-mail; the operator decides after that. */
export default function RegisterPage() {
  const [form, setForm] = useState(EMPTY);
  const type = (name: keyof typeof EMPTY) => (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [name]: value }));
  };
  const apply = useMutation({
    mutationFn: () => {
      const { companyName, ...rest } = form;
      return openApi.registerPartner({ body: { ...rest, ...(companyName === "" ? {} : { companyName }) } });
    },
  });
  if (apply.isSuccess) {
    return (
      <Door title={t("register.sentTitle")} lead={t("register.sentText", { email: form.email })}>
        <Link to={PATHS.home}>{t("signIn.back")}</Link>
      </Door>
    );
  }
  return (
    <Door title={t("register.title")} lead={t("register.lead")}>
      <Form act={t("register.act")} isBusy={apply.isPending} error={apply.error} onSubmit={() => apply.mutate()}>
        <NativeSelect
          label={t("field.partnerType")}
          description={t(`partnerType.${form.partnerType}.text`)}
          data={PARTNER_TYPES.map((value) => ({ value, label: t(`partnerType.${value}`) }))}
          value={form.partnerType}
          onChange={type("partnerType")}
        />
        <TextInput
          label={t("field.name")}
          autoComplete="name"
          required
          withAsterisk={false}
          value={form.name}
          onChange={type("name")}
        />
        <TextInput
          label={t("field.company")}
          autoComplete="organization"
          value={form.companyName}
          onChange={type("companyName")}
        />
        <TextInput
          label={t("field.email")}
          type="email"
          autoComplete="email"
          required
          withAsterisk={false}
          value={form.email}
          onChange={type("email")}
        />
        <PasswordInput
          label={t("field.password")}
          description={t("register.password")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          value={form.password}
          onChange={type("password")}
          visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        />
      </Form>
      <Link to={PATHS.home}>{t("register.have")}</Link>
    </Door>
  );
}
