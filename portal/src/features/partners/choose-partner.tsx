import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { Popup } from "../../ui/popup.tsx";
import { PartnerFilter } from "./partner-filter.tsx";
import { PartnerPicker } from "./partner-picker.tsx";

type ChoosePartnerProps = { readonly id: string | undefined; readonly onChoose: (id: string | undefined) => void };

/** Narrows a list to one partner, says to whom it is narrowed, and widens it again. */
export function ChoosePartner({ id, onChoose }: ChoosePartnerProps) {
  const [isOpen, setOpen] = useState(false);
  if (id !== undefined) return <PartnerFilter id={id} onClear={() => onChoose(undefined)} />;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("filter.onePartner")}
      </Button>
      {isOpen ? (
        <Popup title={t("filter.onePartner")} onClose={() => setOpen(false)}>
          <PartnerPicker
            value={undefined}
            onChange={(chosen) => {
              if (chosen === undefined) return;
              setOpen(false);
              onChoose(chosen);
            }}
          />
        </Popup>
      ) : null}
    </>
  );
}
