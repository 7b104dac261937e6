import { describe, expect, it } from "vitest";
import { checkFile, cleanName, FILE_BYTES_MAX } from "./check-file.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

describe("a file", () => {
  it("is what its content says, whatever it is called", async () => {
    const file = await checkFile({ name: "report.exe", content: PNG }, "files.0");
    expect([file.name, file.mediaType]).toEqual(["report.png", "image/png"]);
    expect(file.content).toEqual(Buffer.from(PNG, "base64"));
    const text = await checkFile({ name: "data.csv", content: base64("a,b\n1,é\n") }, "files.0");
    expect([text.name, text.mediaType]).toEqual(["data.csv", "text/plain"]);
  });

  it("that holds markup is plain text and is called so", async () => {
    const page = await checkFile({ name: "page.html", content: base64("<script>alert(1)</script>") }, "files.0");
    expect([page.name, page.mediaType]).toEqual(["page.txt", "text/plain"]);
  });

  it.each([
    ["a program", base64(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Array.from({ length: 60 }, () => 0)]))],
    ["an archive", base64(Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 60 }, () => 0)]))],
    ["XML, and with it SVG", base64('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["bytes that are no text", base64(Uint8Array.from([0xff, 0xfe, 0xfa, 1]))],
    ["text with control characters", base64("a\u0000b")],
  ])("that is %s is refused, called a picture or not", async (_, content) => {
    await expect(checkFile({ name: "picture.png", content }, "files.1")).rejects.toMatchObject({
      code: "file.type_refused",
      facts: { field: "files.1" },
    });
  });

  it("that is empty, no base64 or too large is refused", async () => {
    const codeOf = (content: string) =>
      checkFile({ name: "a.txt", content }, "files.0").then(
        () => "taken",
        (error: { code: string }) => error.code,
      );
    expect(await codeOf("")).toBe("file.empty");
    expect(await codeOf("QQ=")).toBe("file.not_base64");
    expect(await codeOf("Q Q=")).toBe("file.not_base64");
    expect(await codeOf(base64(new Uint8Array(FILE_BYTES_MAX).fill(97)))).toBe("taken");
    expect(await codeOf(base64(new Uint8Array(FILE_BYTES_MAX + 1).fill(97)))).toBe("file.too_large");
  });
});

describe("a file's name", () => {
  it.each([
    ["../../etc/passwd", "passwd.png"],
    ["C:\\secret\\plan.png", "plan.png"],
    ['"><img src=x onerror=alert(1)>.png', "img src=x onerror=alert(1).png"],
    ["\u202egnp.exe", "gnp.png"],
    ["...", "file.png"],
    ["", "file.png"],
    ["a\r\nSet-Cookie b.png", "aSet-Cookie b.png"],
    ["Übersicht 三月.png", "Übersicht 三月.png"],
  ])("is made clean: %j", (name, clean) => {
    expect(cleanName(name, "png")).toBe(clean);
  });

  it("is cut to a hundred characters and its ending, whatever they are", () => {
    expect(cleanName("\u{1f600}".repeat(5_000), "png")).toBe(`${"\u{1f600}".repeat(100)}.png`);
  });
});
