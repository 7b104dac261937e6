import { useComputedColorScheme } from "@mantine/core";
import { brandOf } from "../app/brand.ts";

/** The mark of the programme: its logo, for the ground that is shown, or ours. It stands beside the name, so that it says nothing by itself. */
export function BrandMark({ height }: { readonly height: number }) {
  const scheme = useComputedColorScheme("light");
  const { logo, logoDark } = brandOf()?.images ?? { logo: null, logoDark: null };
  const own = scheme === "dark" ? (logoDark ?? logo) : logo;
  return own === null ? (
    <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width={height} height={height} />
  ) : (
    <img src={own} alt="" height={height} style={{ maxInlineSize: "100%", objectFit: "contain" }} />
  );
}
