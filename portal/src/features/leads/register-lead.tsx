import { Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useDraft } from "../../app/draft.ts";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { fromDecimal } from "../../ui/money.ts";
import { Restored } from "../../ui/restored.tsx";
import classes from "./lead.module.css";
import { LeadStatus } from "./lead-status.tsx";

type Registered = Output<"registerLead">;
const EMPTY = {
  company: "",
  domain: "",
  contactName: "",
  contactEmail: "",
  value: "",
  note: "",
  currency: null as string | null,
};
type Form = typeof EMPTY;

type RegisterLeadProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** A partner says which deal it works on, and is told at once whether it is free, somebody else's, or its own already. */
export function RegisterLead({ isOpen, onClose }: RegisterLeadProps) {
  const { open } = useUrlState();
  const draft = useDraft("lead", EMPTY);
  const form = draft.value;
  const [answer, setAnswer] = useState<Registered>();
  // The currency that the partner is paid in, until another is typed.
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const register = useAct("registerLead", { touches: ["listLeads"], onDone: setAnswer });
  const close = (): void => {
    setAnswer(undefined);
    register.reset();
    onClose();
  };
  if (answer !== undefined) {
    const { lead } = answer;
    const done = (): void => {
      draft.clear();
      close();
      if (lead !== null) open(lead.id);
    };
    return (
      <Dialog
        title={t("lead.register")}
        act={lead === null ? t("act.close") : t("lead.openIt")}
        isOpen={isOpen}
        onClose={close}
        isBusy={false}
        error={null}
        onSubmit={done}
      >
        <Outcome answer={answer} />
      </Dialog>
    );
  }
  const usual = profile?.terms.currency ?? "";
  const currency = (form.currency ?? usual).trim().toUpperCase();
  const amount = form.value.trim() === "" ? null : fromDecimal(form.value, currency);
  const isValued = amount === null || (amount !== undefined && currency.length === 3);
  return (
    <Dialog
      title={t("lead.register")}
      act={t("lead.register")}
      isOpen={isOpen}
      onClose={close}
      isBusy={register.isPending}
      error={register.error}
      isReady={form.company.trim() !== "" && form.contactEmail.trim() !== "" && isValued}
      onSubmit={() => register.mutate({ body: bodyOf(form, amount, currency) })}
    >
      <Restored draft={draft} />
      <Fields
        form={{ ...form, currency: form.currency ?? usual }}
        isAmount={amount !== undefined}
        isValued={isValued}
        onChange={draft.change}
      />
    </Dialog>
  );
}

function Outcome({ answer: { outcome, lead } }: { readonly answer: Registered }) {
  return (
    <div role="status" style={{ display: "grid", gap: "0.5rem", justifyItems: "start" }}>
      {lead === null ? null : <LeadStatus lead={lead} isPartner soft />}
      <h3>{t(`lead.outcome.${outcome}`)}</h3>
      <p>
        {lead === null
          ? t("lead.outcome.yourCustomer")
          : t(`lead.outcome.${outcome}.text`, { day: lead.endsAt === null ? "" : formatDate(lead.endsAt) })}
      </p>
    </div>
  );
}

/** What was typed as the API takes it; what was left empty is left out. */
function bodyOf({ value: _, currency: __, ...words }: Form, amount: number | null | undefined, currency: string) {
  const { company, contactEmail, ...optional } = words;
  const given = Object.entries(optional).flatMap(([name, text]) => (text.trim() === "" ? [] : [[name, text.trim()]]));
  return {
    company: company.trim(),
    contactEmail: contactEmail.trim(),
    ...(Object.fromEntries(given) as Partial<typeof optional>),
    ...(typeof amount === "number" ? { expectedValue: amount, currency } : {}),
  };
}

type FieldsProps = {
  readonly form: Form;
  readonly isAmount: boolean;
  /** With a currency, where there is a value. */
  readonly isValued: boolean;
  readonly onChange: (changed: Partial<Form>) => void;
};

function Fields({ form, isAmount, isValued, onChange }: FieldsProps) {
  const type = (name: keyof Form) => ({
    value: form[name] ?? "",
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  const optional = (label: string): string => t("field.optional", { label });
  return (
    <>
      <TextInput label={t("field.company")} maxLength={200} autoComplete="off" data-autofocus {...type("company")} />
      <TextInput
        label={optional(t("lead.domain"))}
        description={t("lead.domainText")}
        dir="ltr"
        maxLength={255}
        autoComplete="off"
        {...type("domain")}
      />
      <TextInput
        label={t("lead.contactEmail")}
        type="email"
        dir="ltr"
        maxLength={254}
        autoComplete="off"
        {...type("contactEmail")}
      />
      <TextInput label={optional(t("lead.contact"))} maxLength={200} autoComplete="off" {...type("contactName")} />
      <div className={classes.pair}>
        <TextInput
          label={optional(t("lead.value"))}
          inputMode="decimal"
          dir="ltr"
          error={isAmount ? null : t("field.notAnAmount")}
          {...type("value")}
        />
        <TextInput
          label={t("column.currency")}
          dir="ltr"
          maxLength={3}
          error={isValued || !isAmount ? null : t("lead.currencyMissing")}
          {...type("currency")}
        />
      </div>
      <Textarea label={optional(t("lead.note"))} autosize minRows={2} maxLength={5000} {...type("note")} />
    </>
  );
}
