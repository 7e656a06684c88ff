import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { actionProps } from "./can";
import { readDraft, useDraft } from "./draft";
import { paths, withSearch } from "./paths";
import { applyPrefs, setPrefs } from "./prefs";

it("joins the server's actions with a button: hidden, enabled, or disabled with the reason", () => {
  const actions = [
    { action: "publish", permitted: true },
    { action: "cancel", permitted: false, code: "access.forbidden" },
  ];
  expect(actionProps(actions, "publish")).toEqual({ offered: true, disabled: false });
  expect(actionProps(actions, "cancel")).toEqual({
    offered: true,
    disabled: true,
    reason: "当前身份无权执行此操作",
  });
  expect(actionProps(actions, "open").offered).toBe(false);
  expect(actionProps(undefined, "open").offered).toBe(false);
});

it("a draft survives a reload, says when it was saved, and can be dropped", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const first = renderHook(() => useDraft("need.new", { words: "", count: 1 }));
  expect(first.result.current.resumed).toBe(false);
  act(() => first.result.current.set({ words: "路灯坏了" }));
  await act(() => vi.advanceTimersByTimeAsync(500));
  await waitFor(() => expect(first.result.current.savedAt).toBeDefined());
  first.unmount();

  const second = renderHook(() => useDraft("need.new", { words: "", count: 1 }));
  expect(second.result.current.value).toEqual({ words: "路灯坏了", count: 1 });
  expect(second.result.current.resumed).toBe(true);
  act(() => second.result.current.clear());
  expect(readDraft("need.new")).toBeUndefined();
  vi.useRealTimers();
});

it("forgets a draft after thirty days", () => {
  const old = Date.now() - 31 * 86_400_000;
  localStorage.setItem("linli.draft.x", JSON.stringify({ savedAt: old, value: {} }));
  expect(readDraft("x")).toBeUndefined();
  expect(localStorage.getItem("linli.draft.x")).toBeNull();
});

it("leaves empty filters out of an address", () => {
  expect(withSearch(paths.needs(), { q: "停车", place: undefined, near: false })).toBe(
    "/needs?q=%E5%81%9C%E8%BD%A6",
  );
  expect(paths.signIn("/work")).toBe("/sign-in?next=%2Fwork");
});

it("switches the sets of tokens by attributes", () => {
  applyPrefs();
  setPrefs({ elder: true, theme: "dark" });
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(document.documentElement.hasAttribute("data-elder")).toBe(true);
  setPrefs({ elder: false, theme: "light" });
  expect(document.documentElement.hasAttribute("data-elder")).toBe(false);
});
