import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CountryField } from "../../ui/country-field.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { accountWords } from "../payouts/method-name.ts";
import { OwnSchedule } from "../payouts/own-schedule.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

type Kind = "stripe_connect" | "bank_file";

const EMPTY = { country: "", holder: "", iban: "" };

/** Where the money goes. Bank data is sent and not kept in the browser. */
export default function PayoutMethod() {
  const method = useQuery(read("getPaymentMethod"));
  const kinds = useQuery(read("listPaymentMethodKinds"));
  return (
    <>
      <Panel title={t("method.current")}>
        <Loaded query={method}>
          {(data) =>
            data === null ? (
              <Empty title={t("method.none")} text={t("method.noneText")} />
            ) : (
              <Facts
                facts={[
                  [t("column.method"), accountWords(data.summary)],
                  [t("column.status"), <Status key="s" of="method" code={data.status} note={data.statusReason} />],
                  [t("method.changed"), <Moment key="u" at={data.updatedAt} as="time" />],
                  data.usableAt ? [t("method.usable"), <Moment key="a" at={data.usableAt} as="time" />] : null,
                  data.onboardingUrl
                    ? [
                        t("method.onboarding"),
                        <a key="o" href={data.onboardingUrl}>
                          {t("method.onboardingAct")}
                        </a>,
                      ]
                    : null,
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <Panel title={t("method.change")}>
        <Allowed scope="own:payout-method:write" isExplained>
          <Loaded query={kinds}>{(data) => <ChangeMethod kinds={data.kinds} isFirst={method.data === null} />}</Loaded>
        </Allowed>
      </Panel>
      <OwnSchedule />
    </>
  );
}

/** Of `kinds`, by which the server can pay. */
function ChangeMethod({ kinds, isFirst }: { readonly kinds: readonly Kind[]; readonly isFirst: boolean }) {
  const [kind, setKind] = useState(kinds[0] ?? "bank_file");
  const [form, setForm] = useState(EMPTY);
  const type = (name: keyof typeof EMPTY) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [name]: value }));
  };
  const change = useAct("updatePaymentMethod", {
    touches: ["getPaymentMethod"],
    onDone: () => {
      setForm(EMPTY);
      toast(t("method.changedToast"));
    },
  });
  const isBank = kind === "bank_file";
  // The first is where the partner is at home; where money goes already, nothing is chosen for whoever changes it.
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const country = form.country === "" && isFirst ? (profile?.country ?? "") : form.country;
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    change.mutate(
      {
        body: isBank
          ? { kind: "bank_file", holder: form.holder, iban: form.iban.replaceAll(/\s/g, "") }
          : { kind: "stripe_connect", country },
      },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Form
        act={t("method.change")}
        isBusy={change.isPending}
        error={unlessProof(change.error)}
        isReady={isBank ? form.holder !== "" && form.iban !== "" : country !== ""}
        onSubmit={send}
      >
        <p style={{ color: "var(--ink-2)" }}>{t("method.changeText")}</p>
        <NativeSelect
          label={t("column.method")}
          data={kinds.map((value) => ({ value, label: t(`method.${value}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        {isBank ? (
          <>
            <TextInput label={t("method.holder")} autoComplete="off" value={form.holder} onChange={type("holder")} />
            <TextInput
              label={t("method.iban")}
              autoComplete="off"
              dir="ltr"
              value={form.iban}
              onChange={type("iban")}
            />
          </>
        ) : (
          <CountryField
            label={t("field.country")}
            value={country}
            onChange={(country) => setForm((before) => ({ ...before, country }))}
          />
        )}
      </Form>
      {dialog}
    </>
  );
}
