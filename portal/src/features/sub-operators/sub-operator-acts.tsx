import { Button, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { AmountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { areRead, LimitsFields, type TypedLimits } from "./limits-fields.tsx";

type SubOperator = components["schemas"]["SubOperator"];
type ActProps = { readonly one: SubOperator; readonly onClose: () => void };
type Act = "limits" | "contract" | "settle" | "suspend" | "resume" | "remove";

const TOUCHES = ["getSubOperator", "listSubOperators"] as const;

/** What may be done in each state. */
const ACTS: Readonly<Record<SubOperator["status"], readonly Act[]>> = {
  opening: ["limits"],
  active: ["settle", "contract", "limits", "suspend", "remove"],
  suspended: ["settle", "contract", "limits", "resume", "remove"],
  removed: ["settle"],
};

/** Acts on a sub-operator, each with a dialog that says what it does. */
export function SubOperatorActs({ one }: { readonly one: SubOperator }) {
  const { may } = useMe();
  const [act, setAct] = useState<Act>();
  const onClose = (): void => setAct(undefined);
  const isOwed = one.figures.some(({ shareOwed }) => shareOwed !== 0);
  const shown = ACTS[one.status].filter((name) =>
    name === "settle" ? isOwed && may("fees:write") : may("sub_operators:write"),
  );
  return (
    <Group gap="sm">
      {shown.map((name) => (
        <Button key={name} variant="default" onClick={() => setAct(name)}>
          {t(`subOperator.act.${name}`)}
        </Button>
      ))}
      {act === "limits" ? <ChangeLimits one={one} onClose={onClose} /> : null}
      {act === "contract" ? <ChangeContract one={one} onClose={onClose} /> : null}
      {act === "settle" ? <Settle one={one} onClose={onClose} /> : null}
      {act === "suspend" || act === "resume" || act === "remove" ? (
        <Move key={act} act={act} one={one} onClose={onClose} />
      ) : null}
    </Group>
  );
}

const settings = (onClose: () => void) => ({
  touches: TOUCHES,
  onDone: () => {
    onClose();
    toast(t("subOperator.saved"));
  },
});

function ChangeLimits({ one, onClose }: ActProps) {
  const [limits, setLimits] = useState<TypedLimits>(one.limits);
  const act = useAct("setSubOperatorLimits", settings(onClose));
  return (
    <Dialog
      title={t("subOperator.act.limits")}
      act={t("subOperator.act.limits")}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={areRead(limits)}
      onSubmit={() => areRead(limits) && act.mutate({ path: { id: one.id }, body: limits })}
    >
      <p>{t("subOperator.limitsText")}</p>
      <LimitsFields initial={one.limits} onChange={setLimits} />
    </Dialog>
  );
}

function ChangeContract({ one, onClose }: ActProps) {
  const [mode, setMode] = useState(one.contract?.mode ?? "share");
  const [revenueShare, setShare] = useState<Parsed>(one.contract?.revenueShare ?? null);
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const act = useAct("agreeSubOperatorContract", settings(onClose));
  return (
    <Dialog
      title={t("subOperator.act.contract")}
      act={t("subOperator.act.contract")}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={revenueShare !== undefined && reason.trim() !== ""}
      onSubmit={() =>
        act.mutate({
          path: { id: one.id },
          body: {
            mode,
            ...(mode === "share" && revenueShare != null ? { revenueShare } : {}),
            ...(day === "" ? {} : { effectiveFrom: `${day}T00:00:00Z` }),
            reason: reason.trim(),
          },
        })
      }
    >
      <p>{t("subOperator.contractText")}</p>
      <NativeSelect
        label={t("subOperator.contract")}
        value={mode}
        data={[
          { value: "share", label: t("subOperator.mode.share") },
          { value: "licence", label: t("subOperator.mode.licence") },
        ]}
        onChange={(event) => setMode(event.currentTarget.value as typeof mode)}
      />
      {mode === "share" ? (
        <PercentField
          label={t("subOperator.revenueShare")}
          description={t("subOperator.revenueShareText")}
          initial={one.contract?.revenueShare}
          onChange={setShare}
        />
      ) : null}
      <TextInput
        type="date"
        label={t("subOperator.from")}
        description={t("subOperator.fromText")}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Textarea
        label={t("field.reason")}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

function Settle({ one, onClose }: ActProps) {
  const owed = one.figures.filter(({ shareOwed }) => shareOwed !== 0);
  const [currency, setCurrency] = useState(owed[0]?.currency ?? "");
  const open = owed.find((figures) => figures.currency === currency)?.shareOwed ?? 0;
  const kind = open < 0 ? "repayment" : "payment";
  const [typed, setTyped] = useState<Parsed>(Math.abs(open));
  const [reference, setReference] = useState("");
  const act = useAct("settleSubOperatorShare", settings(onClose));
  const isAmount = typed != null && typed > 0 && typed <= Math.abs(open);
  return (
    <Dialog
      title={t("subOperator.act.settle")}
      act={t(`subOperator.${kind}`)}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={isAmount && reference.trim() !== ""}
      onSubmit={() =>
        isAmount &&
        act.mutate({ path: { id: one.id }, body: { kind, currency, amount: typed, reference: reference.trim() } })
      }
    >
      <p>{t(`subOperator.${kind}Text`)}</p>
      <NativeSelect
        label={t("column.currency")}
        value={currency}
        data={owed.map((figures) => figures.currency)}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setCurrency(chosen);
          setTyped(Math.abs(owed.find((figures) => figures.currency === chosen)?.shareOwed ?? 0));
        }}
      />
      <AmountField
        key={currency}
        label={t("settle.amount", { currency })}
        currency={currency}
        initial={Math.abs(open)}
        isRequired
        onChange={setTyped}
      />
      <TextInput
        label={t("settle.reference")}
        maxLength={200}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </Dialog>
  );
}

function Move({ act: name, one, onClose }: ActProps & { readonly act: "suspend" | "resume" | "remove" }) {
  const suspend = useAct("suspendSubOperator", settings(onClose));
  const resume = useAct("resumeSubOperator", settings(onClose));
  const remove = useAct("removeSubOperator", settings(onClose));
  const act = { suspend, resume, remove }[name];
  return (
    <ReasonDialog
      title={t(`subOperator.act.${name}`)}
      act={t(`subOperator.act.${name}`)}
      effect={t(`subOperator.${name}Text`)}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isDestructive={name !== "resume"}
      onSubmit={(reason) => act.mutate({ path: { id: one.id }, body: { reason } })}
    />
  );
}
