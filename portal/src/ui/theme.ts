import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";
import { accentOf, ladderOf } from "./accent.ts";

/** Until an installation has a brand of its own: the same colour that the server begins with. */
export const BRAND = "#4453d6";

const GRAY = "#f8f9fa #f6f7f8 #eff0f2 #e1e4e7 #ced1d6 #a0a5ab #81878d #5e646b #43484f #161a1f";
const DARK = "#ebedef #c8cbce #9fa3a9 #70757c #676c73 #2e3238 #22262b #161a1e #0f1115 #090b0f";
const tuple = (colours: string): MantineColorsTuple => colours.split(" ") as unknown as MantineColorsTuple;

/** What a brand may choose of the shapes. */
export type Shapes = { readonly radius: number; readonly font: "inter" | "system" | "serif" };

const FAMILIES: Readonly<Record<Shapes["font"], string>> = {
  inter: 'Inter, "Inter fallback", system-ui, sans-serif',
  system: "system-ui, sans-serif",
  serif: 'Georgia, "Times New Roman", serif',
};

export const themeOf = (brand: string, { radius, font }: Shapes = { radius: 6, font: "inter" }): MantineThemeOverride =>
  createTheme({
    colors: { brand: ladderOf(brand) as unknown as MantineColorsTuple, gray: tuple(GRAY), dark: tuple(DARK) },
    primaryColor: "brand",
    autoContrast: true,
    luminanceThreshold: 0.183,
    black: "#000000",
    fontFamily: FAMILIES[font],
    fontFamilyMonospace: "var(--mono)",
    fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1.25rem", xl: "1.75rem" },
    spacing: { xs: "0.25rem", sm: "0.5rem", md: "0.75rem", lg: "1rem", xl: "1.5rem" },
    defaultRadius: radius,
    cursorType: "pointer",
    respectReducedMotion: true,
    components: {
      Button: { defaultProps: { size: "control" }, styles: { root: { fontWeight: 500 } } },
      Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
      Modal: { defaultProps: { transitionProps: { duration: 120 }, centered: true } },
    },
  });

/** The roles of the design, put into Mantine's own names, and the accent's into ours. */
export const variablesOf =
  (brand: string): CSSVariablesResolver =>
  () => {
    const scheme = (name: "light" | "dark") => {
      const accent = accentOf(brand, name);
      return {
        "--accent-fill": accent.fill,
        "--accent-on-fill": accent.onFill,
        "--accent-edge": accent.edge,
        "--accent-text": accent.text,
        "--accent-tint": accent.tint,
        "--mantine-color-body": "var(--page)",
        "--mantine-color-text": "var(--ink)",
        "--mantine-color-dimmed": "var(--ink-2)",
        "--mantine-color-placeholder": "var(--ink-2)",
        "--mantine-color-anchor": accent.text,
        "--mantine-color-default": "var(--card)",
        "--mantine-color-default-color": "var(--ink)",
        "--mantine-color-default-hover": "var(--hover)",
        "--mantine-color-default-border": "var(--control-line)",
        "--mantine-color-error": "var(--bad)",
        "--mantine-primary-color-filled": accent.fill,
        "--mantine-primary-color-filled-hover": accent.fill,
        "--mantine-primary-color-contrast": accent.onFill,
        "--mantine-color-brand-filled": accent.fill,
        "--mantine-color-brand-filled-hover": `color-mix(in oklch, ${accent.fill}, var(--ink) 10%)`,
      };
    };
    return { variables: { "--button-height-control": "2rem" }, light: scheme("light"), dark: scheme("dark") };
  };
