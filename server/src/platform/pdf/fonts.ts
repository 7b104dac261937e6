import { fileURLToPath } from "node:url";

/**
 * Of what is used of a font a part is embedded, so that every reader shows the same. Noto Sans has Latin, Greek and Cyrillic; what it and the
 * two after it lack, `any` has: nearly every letter of Unicode, each of sixteen dots' height.
 */
export const FONTS = {
  regular: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")),
  bold: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf")),
  hebrew: fileURLToPath(
    import.meta.resolve("@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff"),
  ),
  arabic: fileURLToPath(
    import.meta.resolve("@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff"),
  ),
  any: fileURLToPath(import.meta.resolve("@fontsource/unifontex/files/unifontex-latin-400-normal.woff")),
} as const;

export type FontName = keyof typeof FONTS;
