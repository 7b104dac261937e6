import { Button, Group } from "@mantine/core";
import { encode } from "uqr";
import { t } from "../../i18n/messages.ts";
import { download } from "../../ui/download.ts";

/** The light margin that scanners look for, in modules (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: some 1,000 across, for print as well. */
const SCALE = 24;

/** The same as a picture of pixels, for what takes no SVG: text processors, most networks. */
async function toPng(data: readonly (readonly boolean[])[], size: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(size * SCALE, size * SCALE);
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("the browser draws nothing");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries()) if (isDark) pen.fillRect(x * SCALE, y * SCALE, SCALE, SCALE);
  return canvas.convertToBlob({ type: "image/png" });
}

/** An address as a QR code, black on white in either scheme: cameras read no other. */
export function QrCode({
  text,
  name,
  isPlain = false,
}: {
  readonly text: string;
  readonly name: string;
  /** To be looked at and not kept: a secret. */
  readonly isPlain?: boolean;
}) {
  const { data, size } = encode(text, { border: QUIET });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
  return (
    <div>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width="160"
        height="160"
        role="img"
        aria-label={t("links.qr")}
        style={{ borderRadius: 4 }}
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      {isPlain ? null : (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => download(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`)}
          >
            {t("links.qrDownload")}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void toPng(data, size).then((picture) => download(picture, `${name}.png`))}
          >
            {t("links.pngDownload")}
          </Button>
        </Group>
      )}
    </div>
  );
}
