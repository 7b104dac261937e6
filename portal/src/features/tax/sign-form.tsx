import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import { useQuery } from "@tanstack/react-query";
import type { components, Input } from "@tributary/sdk";
import { useEffect, useRef, useState } from "react";
import { useDraft } from "../../app/draft.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { countryName } from "../../ui/countries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { AddressFields, NumberFields, PLACES, WhoFields } from "./form-fields.tsx";
import { begunFor, type Filled, isComplete, STEPS, type Step, toForm, UNKEPT } from "./form-state.ts";
import classes from "./tax.module.css";
import { FORM_KINDS, FORM_NAMES } from "./tax-words.ts";

type Own = components["schemas"]["OwnTax"];

const OPTIONS = { unkept: UNKEPT };

/** A tax form in five steps: which, who, where, the number, the signature. The last two are kept nowhere in the browser. */
export function SignForm(props: SignFormProps) {
  const profile = useQuery(read("getPartnerProfile"));
  return <Loaded query={profile}>{(of) => <Steps {...props} profile={of} />}</Loaded>;
}

type SignFormProps = { readonly tax: Own; readonly onDone: () => void };
type StepsProps = SignFormProps & { readonly profile: components["schemas"]["PartnerProfile"] };

function Steps({ tax, onDone, profile }: StepsProps) {
  const [begun] = useState((): Filled & { readonly step: Step } => ({ ...begunFor(profile), step: "kind" }));
  const draft = useDraft("tax", begun, OPTIONS);
  // Whoever goes on by the keyboard goes on there: the button that led on is dim, or gone.
  const heading = useRef<HTMLParagraphElement>(null);
  const [isMoved, setMoved] = useState(false);
  const { value: filled, change: set } = draft;
  // A number that was given before the page was loaded is not here: whoever was past it gives it again.
  const [isNumberGiven, setNumberGiven] = useState(false);
  const step = filled.step === "sign" && !isNumberGiven ? "number" : filled.step;
  const place = STEPS.indexOf(step);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step anew.
  useEffect(() => {
    if (isMoved) heading.current?.focus();
  }, [step]);
  const sign = useAct("signTaxForm", {
    touches: ["getOwnTax"],
    onDone: () => {
      draft.clear();
      toast(t("tax.signedToast"));
      onDone();
    },
  });
  const text = tax.certifications[filled.kind];
  const next = (): void => {
    const following = STEPS[place + 1];
    if (step === "number") setNumberGiven(true);
    setMoved(true);
    if (following !== undefined) return set({ step: following });
    sign.mutate({
      body: {
        form: toForm(filled),
        signature: { name: filled.signature.trim(), certification: text.version },
      } as Input<"signTaxForm">["body"],
    });
  };
  const back = STEPS[place - 1];
  return (
    <Form
      act={t(step === "sign" ? "tax.signAct" : "tax.next")}
      isBusy={sign.isPending}
      error={step === "sign" ? sign.error : null}
      isReady={isComplete(filled, step)}
      onSubmit={next}
      back={
        back === undefined ? null : (
          <Button
            variant="default"
            onClick={() => {
              setMoved(true);
              set({ step: back });
            }}
          >
            {t("act.back")}
          </Button>
        )
      }
    >
      <Restored draft={draft} />
      <p ref={heading} tabIndex={-1} className={classes.hint}>
        {t("tax.step", { step: place + 1, of: STEPS.length, name: t(`tax.step.${step}`) })}
      </p>
      {step === "kind" ? (
        <>
          <p className={classes.hint}>{t("tax.untilSigned")}</p>
          <KindFields filled={filled} set={set} />
        </>
      ) : null}
      {step === "who" ? <WhoFields filled={filled} set={set} /> : null}
      {step === "address" ? <AddressFields filled={filled} set={set} /> : null}
      {step === "number" ? <NumberFields filled={filled} set={set} /> : null}
      {step === "sign" ? (
        <>
          <WhatIsSigned filled={filled} />
          <p className={classes.hint}>{t("tax.signText")}</p>
          <div className={classes.text} lang="en" dir="ltr">
            {text.text}
          </div>
          {filled.kind === "w9" ? (
            <Checkbox
              label={t("tax.struck")}
              checked={filled.isSubjectToWithholding}
              onChange={(event) => set({ isSubjectToWithholding: event.currentTarget.checked })}
            />
          ) : null}
          <TextInput
            label={t("tax.signature")}
            description={t("tax.signatureText")}
            autoComplete="off"
            maxLength={200}
            value={filled.signature}
            onChange={(event) => set({ signature: event.currentTarget.value })}
          />
          <Checkbox
            label={t("tax.agree")}
            checked={filled.hasAgreed}
            onChange={(event) => set({ hasAgreed: event.currentTarget.checked })}
          />
        </>
      ) : null}
    </Form>
  );
}

/** What was typed, before the eyes of whoever declares that it is true. */
function WhatIsSigned({ filled }: { readonly filled: Filled }) {
  const { kind, name, businessName, line1, line2, city, region, postalCode, country, tin, foreignTin } = filled;
  const place = [line1, line2, `${postalCode} ${city}`.trim(), region, countryName(country || "US")];
  const number = kind === "w9" ? tin : foreignTin;
  return (
    <Facts
      facts={[
        [t("tax.formName"), <bdi key="k">{FORM_NAMES[kind]}</bdi>],
        [t("tax.name"), <bdi key="n">{name}</bdi>],
        businessName.trim() === "" ? null : [t("tax.businessName"), <bdi key="b">{businessName}</bdi>],
        kind === "w9"
          ? null
          : [t(kind === "w8ben" ? "tax.citizenship" : "tax.incorporation"), countryName(filled.countryOfOrigin)],
        [t("column.address"), <bdi key="a">{place.filter((part) => part.trim() !== "").join(", ")}</bdi>],
        kind === "w9"
          ? null
          : [t("tax.services"), t(`tax.services.${PLACES.find((one) => one === filled.services) ?? "outside_us"}`)],
        number.trim() === "" ? null : [t("tax.tin"), <bdi key="t">{number}</bdi>],
      ]}
    />
  );
}

/** Which form it is, each with whom it is for. */
function KindFields({ filled, set }: { readonly filled: Filled; readonly set: (change: Partial<Filled>) => void }) {
  return (
    <Radio.Group
      label={t("tax.kindQuestion")}
      description={t("tax.kindText")}
      value={filled.kind}
      onChange={(kind) => set({ kind: kind as Filled["kind"] })}
    >
      <div className={classes.choices}>
        {FORM_KINDS.map((kind) => (
          <Radio
            key={kind}
            value={kind}
            label={`${FORM_NAMES[kind]}: ${t(`tax.${kind}.title`)}`}
            description={t(`tax.${kind}.text`)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
