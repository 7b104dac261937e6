import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

const WAIT_MS = 200;

type FindProps = { readonly label: string; readonly value: string; readonly onChange: (text: string) => void };

/** Searches on the server once the typing rests. */
export function Find({ label, value, onChange }: FindProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
