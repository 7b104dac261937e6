import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDraft } from "../../app/draft.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CountryField } from "../../ui/country-field.tsx";
import { Form } from "../../ui/form.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { leaveForStripe } from "./leave-for-stripe.ts";

type Kind = "stripe_connect" | "bank_file";
/** By which a bank names an account; a country has the one or the other. */
type Naming = "iban" | "number";

const EMPTY = { country: "", holder: "", iban: "", accountNumber: "", bankCode: "" };
const OPTIONS = { unkept: ["iban", "accountNumber", "bankCode"] } as const;
/** Where most partners live whose banks have no IBAN; whoever else has none chooses. */
const WITHOUT_IBAN = ["AU", "CA", "CN", "HK", "IN", "JP", "KR", "MX", "NZ", "SG", "US", "ZA"];

/** Of `kinds`, by which the server can pay. */
export function ChangeMethod({ kinds, isFirst }: { readonly kinds: readonly Kind[]; readonly isFirst: boolean }) {
  const [kind, setKind] = useState(kinds[0] ?? "bank_file");
  const [chosen, setNaming] = useState<Naming>();
  const draft = useDraft("method", EMPTY, OPTIONS);
  const { value: form } = draft;
  const set = (name: keyof typeof EMPTY, value: string): void => draft.change({ [name]: value });
  const type = (name: keyof typeof EMPTY) => ({
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.value),
    autoComplete: "off",
  });
  const change = useAct("updatePaymentMethod", {
    touches: ["getPaymentMethod"],
    onDone: (method) => {
      draft.clear();
      toast(t("method.changedToast"));
      leaveForStripe(method);
    },
  });
  const isBank = kind === "bank_file";
  // The first is where the partner is at home; where money goes already, nothing is chosen for whoever changes it.
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const country = form.country === "" && isFirst ? (profile?.country ?? "") : form.country;
  const naming = chosen ?? (WITHOUT_IBAN.includes(profile?.country ?? "") ? "number" : "iban");
  const { needsProof, dialog } = useStepUp();
  const { holder, iban, accountNumber, bankCode } = form;
  const account = naming === "iban" ? { iban: iban.replaceAll(/\s/g, "") } : { accountNumber, bankCode };
  const send = (): void =>
    change.mutate(
      { body: isBank ? { kind: "bank_file", holder, ...account } : { kind: "stripe_connect", country } },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Form
        act={t(isFirst ? "method.add" : "method.change")}
        isBusy={change.isPending}
        error={unlessProof(change.error)}
        isReady={isBank ? [holder, ...Object.values(account)].every((text) => text.trim() !== "") : country !== ""}
        onSubmit={send}
      >
        <Restored draft={draft} />
        <p style={{ color: "var(--ink-2)" }}>{t(isFirst ? "method.addText" : "method.changeText")}</p>
        <NativeSelect
          label={t("column.method")}
          description={isBank ? undefined : t("method.stripeText")}
          data={kinds.map((value) => ({ value, label: t(`method.${value}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        {isBank ? (
          <>
            <TextInput label={t("method.holder")} {...type("holder")} />
            <NativeSelect
              label={t("method.account")}
              data={[
                { value: "iban", label: t("method.iban") },
                { value: "number", label: t("method.account.number") },
              ]}
              value={naming}
              onChange={(event) => setNaming(event.currentTarget.value as Naming)}
            />
            {naming === "iban" ? (
              <TextInput label={t("method.iban")} dir="ltr" {...type("iban")} />
            ) : (
              <>
                <TextInput label={t("method.accountNumber")} dir="ltr" {...type("accountNumber")} />
                <TextInput
                  label={t("method.bankCode")}
                  description={t("method.bankCodeText")}
                  dir="ltr"
                  {...type("bankCode")}
                />
              </>
            )}
          </>
        ) : (
          <CountryField label={t("field.country")} value={country} onChange={(to) => set("country", to)} />
        )}
      </Form>
      {dialog}
    </>
  );
}
