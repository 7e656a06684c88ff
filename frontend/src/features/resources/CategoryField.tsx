import { useState } from "react";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { Chip } from "@/ui/Chips";
import { ComboBox } from "@/ui/ComboBox";

/** Chooses several categories: those chosen stand as chips that can be taken away again. */
export function CategoryField({
  value,
  onChange,
  error,
}: {
  value: string[];
  onChange: (codes: string[]) => void;
  error?: string;
}) {
  const { t } = useTranslation("resources");
  const categories = useCategories();
  const [next, setNext] = useState("");
  return (
    <div className="stack tight">
      <ComboBox
        id="categories"
        label={t("field.category")}
        help={t("form.categoryHelp")}
        error={error}
        value={next}
        onChange={(code) => {
          setNext("");
          if (code && !value.includes(code)) onChange([...value, code]);
        }}
        options={categories.options.filter((o) => !value.includes(o.value))}
      />
      {value.length > 0 && (
        <div className="row tight">
          {value.map((code) => (
            <Chip key={code} on onChange={() => onChange(value.filter((c) => c !== code))}>
              {categories.name(code)}
            </Chip>
          ))}
        </div>
      )}
    </div>
  );
}
