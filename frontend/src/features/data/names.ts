import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useLang } from "@/lib/i18n";

/** The name of a root category in the language in use; its code while the table travels. */
export function useCategoryName(): (code: string) => string {
  const lang = useLang();
  const { data = [] } = useQuery({
    queryKey: ["categories"],
    queryFn: async () => (await ask(api.GET("/api/v1/categories"))).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (code) => {
    const found = data.find((c) => c.code === code);
    if (!found) return code;
    return lang === "zh" ? found.zh : found.en;
  };
}
