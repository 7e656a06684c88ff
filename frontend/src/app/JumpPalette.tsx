import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import { useTodos } from "@/lib/todos";
import "@/ui/forms.css";
import { Dialog } from "@/ui/Dialog";
import { workAreas } from "./workareas";

interface Target {
  to: string;
  label: string;
  note?: string;
}

/** Ctrl K: pages of my role and the cases that wait for me, by a few letters. */
export function JumpPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const targets = useTargets(words);
  const navigate = useNavigate();
  const base = useId();

  function go(target: Target | undefined) {
    if (!target) return;
    onClose();
    void navigate({ to: target.to });
  }
  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && targets.length > 0) {
      event.preventDefault();
      setAt((at + step + targets.length) % targets.length);
    }
    if (event.key === "Enter") go(targets[at]);
  }

  return (
    <Dialog title={t("work.jump")} open onClose={onClose}>
      <div className="stack tight">
        <input
          className="input"
          role="combobox"
          aria-label={t("work.jump")}
          aria-expanded="true"
          aria-controls={`${base}-list`}
          aria-activedescendant={targets[at] ? `${base}-${at}` : undefined}
          placeholder={t("work.jumpPlaceholder")}
          data-autofocus
          value={words}
          onKeyDown={press}
          onChange={(e) => {
            setWords(e.target.value);
            setAt(0);
          }}
        />
        <div className="jumplist" role="listbox" aria-label={t("work.jump")} id={`${base}-list`}>
          {targets.map((target, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are handled by the combobox
            <div
              key={target.to + target.label}
              id={`${base}-${i}`}
              role="option"
              aria-selected={i === at}
              onClick={() => go(target)}
            >
              {target.label}
              {target.note && <small>{target.note}</small>}
            </div>
          ))}
        </div>
        {targets.length === 0 && <p className="muted small">{t("work.jumpEmpty")}</p>}
      </div>
    </Dialog>
  );
}

const most = 12;

function useTargets(words: string): Target[] {
  const { t } = useTranslation("nav");
  const verb = useTranslation("action").t;
  const role = useSession()?.membership?.role;
  const todos = useTodos();
  const pages: Target[] = workAreas
    .flatMap((a) => a.nav ?? [])
    .filter((n) => role && n.roles.includes(role))
    .map((n) => ({ to: n.to, label: t(n.label) }));
  const cases: Target[] = todos.map((x) => ({
    to: x.link,
    label: `${x.code} ${x.title}`.trim(),
    note: verb(`${x.kind}.${x.action}`),
  }));
  const wanted = words.trim().toLowerCase();
  return [...pages, ...cases]
    .filter((x) => `${x.label} ${x.note ?? ""}`.toLowerCase().includes(wanted))
    .slice(0, most);
}
