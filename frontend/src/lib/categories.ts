/** The shared categories: their names in the language in use, and as choices of a form. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, ask } from "./api";
import { useLang } from "./i18n";

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: async () => (await ask(api.GET("/api/v1/categories"))).items,
  staleTime: Number.POSITIVE_INFINITY, // the table changes with a release only
});

export interface CategoryWords {
  /** "养老 · 助餐"; a dash while the table travels, the code when the table does not know it. */
  name: (code: string) => string;
  /** Roots and their children, for selects and chips. */
  options: { value: string; label: string; root: boolean }[];
}

export function useCategories(): CategoryWords {
  const lang = useLang();
  const all = useQuery(categoriesQuery).data ?? [];
  const word = (c: { zh: string; en: string }) => (lang === "zh" ? c.zh : c.en);
  const byCode = new Map(all.map((c) => [c.code, c]));
  const name = (code: string) => {
    const own = byCode.get(code);
    if (!own) return all.length > 0 ? code : "–";
    const parent = own.parent ? byCode.get(own.parent) : undefined;
    return parent ? `${word(parent)} · ${word(own)}` : word(own);
  };
  return { name, options: all.map((c) => ({ value: c.code, label: name(c.code), root: !c.parent })) };
}
