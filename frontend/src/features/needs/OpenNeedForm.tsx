import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { needsChanged, type Voice } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextArea, TextField } from "@/ui/fields";

const titleMax = 60;

/** Gathers one or more waiting voices into a new need, in the neighbours' words. */
export function OpenNeedForm({ voices, onClose }: { voices: Voice[]; onClose: (done: boolean) => void }) {
  const { t } = useTranslation("needs");
  const navigate = useNavigate();
  const categories = useCategories();
  const first = voices[0];
  const words = first?.words || first?.fullWords || "";
  const [title, setTitle] = useState(words.slice(0, titleMax));
  const [summary, setSummary] = useState(voices.map((v) => v.words || v.fullWords || "").join("\n"));
  const [category, setCategory] = useState(first?.category ?? "");
  const [people, setPeople] = useState(String(voices.reduce((sum, v) => sum + (v.affected ?? 0), 0) || ""));
  const open = useWrite(
    (body: { title: string; summary: string; category: string; beneficiaries: number }, key) =>
      ask(
        api.POST("/api/v1/needs", {
          params: { header: key },
          body: { ...body, urgency: "normal", voices: voices.map((v) => ({ id: v.id, version: v.version })) },
        }),
      ),
    {
      refresh: needsChanged,
      onDone: (n) => {
        onClose(true);
        void navigate({ to: paths.workNeed(n.code) });
      },
    },
  );
  const ready = title.trim() !== "" && summary.trim() !== "" && category !== "";
  return (
    <FormDialog
      title={t("open.heading", { count: voices.length })}
      verb={t("open.confirm")}
      ready={ready}
      write={open}
      onSubmit={() =>
        open.mutate({
          title: title.trim(),
          summary: summary.trim(),
          category,
          beneficiaries: Number(people) || 0,
        })
      }
      onClose={() => onClose(false)}
    >
      <TextField
        label={t("open.title")}
        help={t("open.titleHelp")}
        maxLength={titleMax}
        value={title}
        onChange={setTitle}
      />
      <TextArea
        label={t("open.summary")}
        help={t("open.summaryHelp")}
        maxLength={1000}
        rows={6}
        value={summary}
        onChange={setSummary}
      />
      <Select
        label={t("case.category")}
        value={category}
        onChange={setCategory}
        options={categories.options}
      />
      <TextField
        label={t("case.beneficiaries")}
        optional
        inputMode="numeric"
        className="short num"
        value={people}
        onChange={(v) => setPeople(v.replace(/\D/g, "").slice(0, 8))}
      />
    </FormDialog>
  );
}
