import { useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { type Lot, points } from "@/lib/procurement";
import { Button } from "@/ui/Button";
import { TextArea } from "@/ui/fields";
import type { Attachment, BidDraft } from "./papers";

const maxFiles = 5;
/** Together with the text they must fit the envelope's two megabytes, in base64. */
const maxBytes = 1_300_000;

interface Props {
  lot: Lot;
  draft: BidDraft;
  errors: Record<string, string | undefined>;
  set: (patch: Partial<BidDraft>) => void;
  files: Attachment[];
  onFiles: (files: Attachment[]) => void;
}

/** The second envelope: the service as we would do it, item by item of what is scored. */
export function TechnicalFields({ lot, draft: d, errors, set, files, onFiles }: Props) {
  const { t } = useTranslation("bids");
  return (
    <div className="stack measure">
      <TextArea
        id="summary"
        label={t("form.summary")}
        rows={6}
        maxLength={20000}
        error={errors.summary}
        value={d.summary}
        onChange={(summary) => set({ summary })}
      />
      {lot.requirements.map((r) => (
        <Answer key={r.id} id={r.id} label={r.text} help={t("form.requirement")} draft={d} set={set} />
      ))}
      {lot.criteria.map((c) => (
        <Answer
          key={c.id}
          id={c.id}
          label={t("form.criterion", { title: c.title, max: points(c.max) })}
          help={c.guidance || undefined}
          draft={d}
          set={set}
        />
      ))}
      <Files items={files} onChange={onFiles} />
    </div>
  );
}

function Answer({
  id,
  label,
  help,
  draft: d,
  set,
}: {
  id: string;
  label: string;
  help?: string;
  draft: BidDraft;
  set: Props["set"];
}) {
  return (
    <TextArea
      label={label}
      help={help}
      optional
      rows={3}
      maxLength={10000}
      value={d.answers[id] ?? ""}
      onChange={(text) => set({ answers: { ...d.answers, [id]: text } })}
    />
  );
}

function Files({ items, onChange }: { items: Attachment[]; onChange: (files: Attachment[]) => void }) {
  const { t } = useTranslation("bids");
  const id = useId();
  const [tooMuch, setTooMuch] = useState(false);
  async function add(list: FileList | null) {
    const { toBase64 } = await import("@/lib/seal");
    const next = [...items];
    for (const file of Array.from(list ?? [])) {
      next.push({
        name: file.name,
        mediaType: file.type,
        base64: toBase64(new Uint8Array(await file.arrayBuffer())),
      });
    }
    const size = next.reduce((sum, f) => sum + f.base64.length * 0.75, 0);
    setTooMuch(size > maxBytes || next.length > maxFiles);
    if (size <= maxBytes && next.length <= maxFiles) onChange(next);
  }
  return (
    <div className={`field ${tooMuch ? "invalid" : ""}`}>
      <label htmlFor={id}>{t("form.files")}</label>
      <div className="help">{t("form.filesHelp", { files: maxFiles })}</div>
      <input id={id} type="file" multiple onChange={(e) => void add(e.target.files)} />
      {tooMuch && <div className="error">{t("error.files")}</div>}
      <ul className="plain">
        {items.map((f) => (
          <li key={f.name} className="row between">
            {f.name}
            <Button small kind="quiet" onClick={() => onChange(items.filter((x) => x !== f))}>
              {t("form.remove")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
