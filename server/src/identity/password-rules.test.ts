import { describe, expect, it } from "vitest";
import { isStrongPassword, requireStrongPassword } from "./password-rules.ts";

const EMAIL = "ada.lovelace@analytical.example";

describe("a password", () => {
  it.each([
    "correct horse battery",
    "tG7#kfw92-mzQ",
    "vier Hunde im Regen",
    "ein gutes Wort: Öl",
    "пароль для входа сюда",
    "0d7c1e9a44b2f8",
  ])("%s is taken", (password) => {
    expect(isStrongPassword(password, EMAIL)).toBe(true);
  });

  it.each([
    ["is short", "tG7#kfw92-m"],
    ["is too long", "tG7#kfw92-mz".repeat(20)],
    ["is the address", EMAIL],
    ["is made of the address", "Lovelace.Ada.1815"],
    ["names the company", "analytical2026!"],
    ["is a common word with figures", "Password123456"],
    ["is a common word in another spelling", "P@$$w0rd2026!"],
    ["is common words in a row", "letmeinletmein"],
    ["is two common words", "welcomeadmin2026"],
    ["runs along the keyboard", "qwertyuiop12"],
    ["runs backwards", "0987654321poiuytrewq"],
    ["zigzags over the keyboard", "1qaz2wsx3edc"],
    ["repeats one character", "aaaaaaaaaaaaaaaa"],
    ["repeats a few characters", "abababababababab"],
    ["repeats long stretches", "aaaaabbbbbcccccddddd"],
    ["is this product", "tributary-tributary"],
    ["runs along the alphabet", "abcdefghijklmnop"],
    ["runs along another keyboard's rows", "qwertzuiop12"],
    ["runs along the lower rows", "asdfghjklzxcvbnm"],
    ["has seven characters beside a word", "password-x8Kq2v"],
    ["has four characters, often", "kvmxkvmxkvmxk vm".replace(" ", "")],
    ["is the parts of the address", "ada-lovelace-analytical"],
    ["is words spelled with the number row", "4dm1n!57r470r-l3771n"],
    ["is wide letters of a common word", "ｐａｓｓｗｏｒｄ１２３４"],
  ])("that %s is refused", (_why, password) => {
    expect(() => requireStrongPassword(password, EMAIL)).toThrow(
      expect.objectContaining({ code: "user.password_weak" }),
    );
  });

  it("has twelve characters at least, and two hundred at most", () => {
    expect(isStrongPassword("tG7#kfw92-mz", EMAIL)).toBe(true);
    expect(isStrongPassword("tG7#kfw92-m", EMAIL)).toBe(false);
    const long = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join("");
    expect(isStrongPassword(long + long, EMAIL)).toBe(true);
    expect(isStrongPassword(`${long}${long}x`, EMAIL)).toBe(false);
  });

  it("needs eight characters that nobody guesses, of five kinds in all", () => {
    expect(isStrongPassword("password-x8Kq2vZ", EMAIL)).toBe(true);
    expect(isStrongPassword("kvmxzkvmxzkvmxz", EMAIL)).toBe(true);
  });

  it("keeps short stretches of runs, and one of a repeated character", () => {
    expect(isStrongPassword("kabcmefgxzqw", EMAIL)).toBe(true);
    expect(isStrongPassword("kkkkmmmmxxxxzzzzbbbbvvvv", EMAIL)).toBe(false);
    expect(isStrongPassword("kkmmxxzzbbvv", EMAIL)).toBe(true);
  });

  it("is refused with its limits", () => {
    expect(() => requireStrongPassword("short", EMAIL)).toThrow(
      expect.objectContaining({ facts: { lengthMin: 12, lengthMax: 200 } }),
    );
    expect(() => requireStrongPassword("correct horse battery", EMAIL)).not.toThrow();
  });

  it("is not refused for a mailbox of one letter", () => {
    expect(isStrongPassword("banana cabana havana", "a@b.example")).toBe(true);
  });
});
