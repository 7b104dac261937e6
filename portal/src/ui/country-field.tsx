import { NativeSelect } from "@mantine/core";
import { countries } from "./countries.ts";
import "./fields.ts";

type CountryFieldProps = {
  readonly label: string;
  readonly description?: string | undefined;
  /** Two letters; empty for none. */
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Not where the country is another than that of the address. */
  readonly autoComplete?: "country" | "off";
};

/** A country, chosen by its name. */
export const CountryField = ({ onChange, autoComplete = "country", ...field }: CountryFieldProps) => (
  <NativeSelect
    {...field}
    autoComplete={autoComplete}
    data={[{ value: "", label: "—" }, ...countries()]}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
