import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Errors } from "@/ui/ErrorSummary";
import { TextArea, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { CategoryField } from "./CategoryField";

interface What {
  title: string;
  titleEn?: string;
  categories: string[];
  description?: string;
}

interface Props {
  v: What;
  set: (patch: Partial<What>) => void;
  errors: Errors;
  children?: ReactNode;
}

/** What is offered: the first card of a service, a room and of volunteer hours. */
export function WhatCard({ v, set, errors, children }: Props) {
  const { t } = useTranslation("resources");
  return (
    <Card title={t("form.what")}>
      <div className="stack">
        <TextField
          id="title"
          label={t("field.title")}
          value={v.title}
          onChange={(title) => set({ title })}
          error={errors.title}
          maxLength={200}
        />
        <TextField
          label={t("field.titleEn")}
          optional
          value={v.titleEn ?? ""}
          onChange={(titleEn) => set({ titleEn })}
          maxLength={200}
        />
        <CategoryField
          value={v.categories}
          onChange={(categories) => set({ categories })}
          error={errors.categories}
        />
        <TextArea
          id="description"
          label={t("field.description")}
          optional
          value={v.description ?? ""}
          onChange={(description) => set({ description })}
          maxLength={2000}
        />
        {children}
      </div>
    </Card>
  );
}
