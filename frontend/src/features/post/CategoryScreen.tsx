import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { categoriesQuery } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { SearchBox } from "@/ui/Chips";
import { Icon } from "@/ui/icons";
import { Loaded } from "@/ui/states";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";
import type { Category } from "./saying";

/** What it is about: by words, or by opening a group. A tap on a category leads on. */
export function CategoryScreen({ draft, number, of, onBack, onNext }: ScreenProps) {
  const { t, lang } = useTranslation("post");
  const [words, setWords] = useState<string>();
  const all = useQuery(categoriesQuery);
  const found = useQuery({
    queryKey: ["categories", words],
    enabled: Boolean(words),
    queryFn: async () =>
      (await ask(api.GET("/api/v1/categories", { params: { query: { q: words } } }))).items,
  });
  const pick = (c: Category) => {
    draft.set({ category: c.code, different: [] });
    onNext(c);
  };
  const option = (c: Category) => (
    <button
      key={c.code}
      type="button"
      className={`pickone ${draft.value.category === c.code ? "on" : ""}`}
      aria-pressed={draft.value.category === c.code}
      onClick={() => pick(c)}
    >
      <span>
        {lang === "zh" ? c.zh : c.en}
        {c.emergency && <span className="small muted"> · {t("category.emergency")}</span>}
      </span>
      <Icon name="right" />
    </button>
  );
  return (
    <Screen title={t("category.title")} lead={t("category.lead")} number={number} of={of} onBack={onBack}>
      <SearchBox
        label={t("category.search")}
        placeholder={t("category.example")}
        value={words}
        onSearch={setWords}
      />
      {words && found.data && (
        <section className="stack tight" aria-label={t("category.found")}>
          {found.data.length === 0 && <p className="muted">{t("category.none")}</p>}
          {found.data.map(option)}
        </section>
      )}
      <Loaded query={all}>
        {(list) =>
          list
            .filter((c) => !c.parent)
            .map((root) => (
              <details
                key={root.code}
                className="pickgroup"
                open={draft.value.category.startsWith(root.code)}
              >
                <summary>{lang === "zh" ? root.zh : root.en}</summary>
                <div className="stack tight">
                  {list.filter((c) => c.parent === root.code).map(option)}
                  {option(root)}
                </div>
              </details>
            ))
        }
      </Loaded>
    </Screen>
  );
}
