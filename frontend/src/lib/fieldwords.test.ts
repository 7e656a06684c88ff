import { beforeAll, expect, it } from "vitest";
import { fieldName, fieldSentence } from "./fieldwords";
import { ensureWords, setLang } from "./i18n";

beforeAll(async () => {
  await ensureWords("fields");
});

const said = async (lang: "zh" | "en", path: string, code: string, message: string) => {
  await setLang(lang);
  return fieldSentence({ path, code, message });
};

it("says in Chinese what the server remarks in English", async () => {
  expect(await said("zh", "reason", "required", "give the reason")).toBe("请填写理由");
  expect(await said("zh", "milestones[1].amountFen", "positive", "an amount above zero")).toBe(
    "金额要大于零",
  );
  expect(await said("zh", "title", "length", "1 to 200 characters")).toBe("标题应为 1 到 200 个字");
  expect(await said("zh", "photos", "count", "at most 6")).toBe("最多 6 张照片");
  expect(await said("zh", "payee.number", "form", "8 to 34 digits")).toBe("账号应为 8 到 34 位数字");
});

it("has a sentence for inputs and codes that nobody wrote words for", async () => {
  expect(await said("zh", "somethingNew", "brand_new", "whatever")).toBe("请检查这一项");
  expect(await said("en", "somethingNew", "brand_new", "whatever")).toBe("Check this field");
  expect(fieldName("somethingNew")).toBeUndefined();
});

it("keeps the server's own remark in English when it is a sentence", async () => {
  expect(await said("en", "title", "length", "1 to 200 characters")).toBe("1 to 200 characters");
  expect(await said("en", "lots", "unknown", "XQ-1")).toBe("Choose the lots again");
});
