import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { ensureWords, setLang } from "@/lib/i18n";

beforeEach(async () => {
  localStorage.clear();
  await ensureWords("ui", "app", "status", "problems", "nav", "action");
  await setLang("zh");
});
afterEach(() => cleanup());
