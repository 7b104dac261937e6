import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { type Entered, enteredFor } from "../../ui/entered.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { AmountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

const LIMITS = ["perAuthorization", "daily", "monthly"] as const;
type Limits = Readonly<Record<(typeof LIMITS)[number], Parsed>>;
const NONE: Limits = { perAuthorization: null, daily: null, monthly: null };

/** Has the issuer make a card product for a partner: in which programme, what its cards may take, what is earned by them. */
export function MakeProduct({ onClose }: { readonly onClose: () => void }) {
  const programs = useQuery(read("listCardPrograms", { query: { sort: "-createdAt" } }));
  const [partnerId, setPartner] = useState<string>();
  const [chosen, setProgram] = useState<string>();
  const [name, setName] = useState("");
  const [entered, setEntered] = useState<Entered<Limits>>();
  const [revenueRate, setRevenueRate] = useState<Parsed>(null);
  const make = useAct("createCustomCardProduct", {
    touches: ["listCardProducts"],
    onDone: () => {
      toast(t("cardProduct.asked"));
      onClose();
    },
  });
  // A partner's cards are made in a shared programme, or in its own.
  const fitting = (programs.data?.data ?? []).filter(
    (one) => one.status === "active" && (one.partnerId === null || one.partnerId === partnerId),
  );
  const program = fitting.find(({ id }) => id === chosen) ?? fitting[0];
  // Another partner may bring another programme, of another currency.
  const limits = enteredFor(entered, program?.id) ?? NONE;
  const areLimits = LIMITS.every((limit) => limits[limit] === null || (limits[limit] ?? 0) > 0);
  return (
    <Dialog
      title={t("cardProduct.make")}
      act={t("cardProduct.make")}
      isOpen
      onClose={onClose}
      isBusy={make.isPending}
      error={make.error}
      isReady={
        partnerId !== undefined &&
        program !== undefined &&
        name.trim() !== "" &&
        areLimits &&
        revenueRate !== undefined &&
        (revenueRate ?? 0) <= 1
      }
      onSubmit={() =>
        make.mutate({
          body: {
            partnerId: partnerId ?? "",
            programId: program?.id ?? "",
            name: name.trim(),
            limits: {
              perAuthorization: limits.perAuthorization ?? null,
              daily: limits.daily ?? null,
              monthly: limits.monthly ?? null,
            },
            revenueRate: revenueRate ?? 0,
          },
        })
      }
    >
      <p>{t("cardProduct.makeText")}</p>
      <PartnerPicker value={partnerId} onChange={setPartner} only={{ status: "active" }} />
      <Loaded query={programs} lines={1}>
        {() =>
          program === undefined ? (
            <p role="status">{t("cardProduct.noProgram")}</p>
          ) : (
            <>
              <NativeSelect
                label={t("cardProgram.one")}
                data={fitting.map((one) => ({ value: one.id, label: `${one.name} (${one.currency})` }))}
                value={program.id}
                onChange={(event) => setProgram(event.currentTarget.value)}
              />
              <TextInput
                label={t("field.name")}
                maxLength={40}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {LIMITS.map((limit) => (
                <AmountField
                  key={`${limit} ${program.id}`}
                  label={t(`cardProduct.${limit}`, { currency: program.currency })}
                  currency={program.currency}
                  initial={null}
                  onChange={(value) => setEntered({ of: program.id, value: { ...limits, [limit]: value } })}
                />
              ))}
              <PercentField
                label={t("cardProduct.revenueRate")}
                description={t("cardProduct.revenueRateText")}
                initial={null}
                onChange={setRevenueRate}
              />
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}
