import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { keyScopesOf } from "./key-scopes.ts";
import { scopeWords } from "./scope-words.ts";

type CreateKeyProps = {
  readonly owner: "partner" | "operator";
  readonly mode: "live" | "test";
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMade: (key: { readonly name: string; readonly apiKey: string; readonly secret: string }) => void;
};

/** What a shop needs to report sign-ups and sales. */
const SHOP: readonly string[] = ["referrals:convert", "transactions:write"];

/** A key with the least that it needs. */
export function CreateKey({ owner, mode, isOpen, onClose, onMade }: CreateKeyProps) {
  const { scopes } = useMe();
  const [name, setName] = useState("");
  const usual = owner === "operator" ? SHOP.filter((scope) => scopes.some((one) => one === scope)) : [];
  const [addresses, setAddresses] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(usual);
  const create = useAct(owner === "partner" ? "generatePartnerAPIKey" : "generateOperatorAPIKey", {
    touches: [owner === "partner" ? "listPartnerAPIKeys" : "listOperatorAPIKeys"],
    onDone: (key) => {
      onMade(key);
      setName("");
      setAddresses("");
      setChosen(usual);
      onClose();
    },
  });
  const words = t(mode === "test" ? "key.createTest" : "key.create");
  const allowed = addresses.split(/[\s,]+/).filter(Boolean);
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    create.mutate(
      { body: { name, scopes: [...chosen], mode, ...(allowed.length === 0 ? {} : { ipAllowList: allowed }) } } as never,
      {
        onError: (error) => void needsProof(error, send),
      },
    );
  return (
    <>
      <Dialog
        title={words}
        act={words}
        isOpen={isOpen}
        onClose={onClose}
        isBusy={create.isPending}
        error={unlessProof(create.error)}
        isReady={name.trim() !== "" && chosen.length > 0}
        onSubmit={send}
      >
        <TextInput
          label={t("key.name")}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("key.addresses")}
          description={t("key.addressesText")}
          dir="ltr"
          value={addresses}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t("key.scopes")}
          description={owner === "operator" ? t("key.shop") : undefined}
          value={[...chosen]}
          onChange={setChosen}
        >
          <div style={{ display: "grid", gap: "0.5rem", marginBlockStart: "0.5rem" }}>
            {keyScopesOf(scopes).map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeWords(scope)} title={scope} />
            ))}
          </div>
        </Checkbox.Group>
      </Dialog>
      {dialog}
    </>
  );
}
