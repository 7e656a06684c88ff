import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { addWords, lookup, setLang, translate, useTranslation } from "./i18n";

addWords("zh", "trial", { plain: "有", "a.b": "平", deep: { er: "深 {{name}}" } });
addWords("en", "trial", { plain: "yes", things_one: "{{count}} thing", things_other: "{{count}} things" });

it("finds flat and nested keys and fills parameters in", () => {
  expect(lookup("zh", "trial", "a.b")).toBe("平");
  expect(lookup("zh", "trial", "deep.er", { name: "井" })).toBe("深 井");
  expect(lookup("zh", "ui", "trial:plain")).toBe("有");
});

it("chooses the plural of the language", () => {
  expect(lookup("en", "trial", "things", { count: 1 })).toBe("1 thing");
  expect(lookup("en", "trial", "things", { count: 2 })).toBe("2 things");
});

it("keeps a parameter that nobody gave, and shows an unknown key as itself", () => {
  expect(lookup("zh", "trial", "deep.er")).toBe("深 {{name}}");
  expect(translate("trial:nothing.here")).toBe("trial:nothing.here");
});

it("switches without a reload and says so to the browser", async () => {
  const { result } = renderHook(() => useTranslation("ui").t("close"));
  expect(result.current).toBe("关闭");
  await act(() => setLang("en"));
  expect(result.current).toBe("Close");
  expect(document.documentElement.lang).toBe("en");
  expect(localStorage.getItem("linli.lang")).toBe("en");
});
