import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import "./steps.css";

export interface Step {
  label: ReactNode;
  /** Date, person by office, "还有 5 个工作日". */
  note?: ReactNode;
  state: "done" | "current" | "todo" | "failed";
}

/** All phases of a case in order, the current one marked, with dates. On a phone: the bars, and where it stands in words. */
export function StepBar({ label, steps }: { label: string; steps: Step[] }) {
  const { t } = useTranslation("ui");
  const now = placeOf(steps);
  const here = steps[now];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone
    <section className="stepbox" aria-label={label} tabIndex={0}>
      <ol className="stepbar">
        {steps.map((step, i) => (
          <li key={i} className={step.state} aria-current={step.state === "current" ? "step" : undefined}>
            <b>
              {step.label}
              <span className="visually-hidden"> {t(`step.${step.state}`)}</span>
            </b>
            <span>{step.note}</span>
          </li>
        ))}
      </ol>
      {here && (
        <p className="stepnow" aria-hidden="true">
          <span className="muted">{t("step.of", { n: now + 1, of: steps.length })}</span>{" "}
          <b className={here.state}>{here.label}</b> {here.note}
        </p>
      )}
    </section>
  );
}

/** The step to name on a phone, where there is room for one: where it stands or failed, else the last one done. */
function placeOf(steps: Step[]): number {
  const open = steps.findIndex((s) => s.state === "current" || s.state === "failed");
  return open >= 0 ? open : Math.max(0, steps.map((s) => s.state).lastIndexOf("done"));
}

/** Eight small bars: how far along a thread is; for list rows. */
export function Progress({ done, of, label }: { done: number; of: number; label: string }) {
  return (
    <div className="progress" role="img" aria-label={label}>
      {Array.from({ length: of }, (_, i) => (
        <i key={i} className={i < done ? "on" : undefined} />
      ))}
    </div>
  );
}
