import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { DraftSaved } from "@/ui/ErrorSummary";
import { useTitle } from "@/ui/layout";
import { Progress } from "@/ui/StepBar";

interface ScreenProps {
  title: string;
  lead?: ReactNode;
  number: number;
  of: number;
  savedAt?: Date;
  onBack?: () => void;
  /** Pinned at the bottom; absent where the answer itself leads on. */
  next?: { label: string; ready: boolean; busy?: boolean; onNext: () => void };
  children: ReactNode;
}

/** What was pressed is gone: the new heading is read out, and the keyboard goes on from there. */
export function goOnAtHeading() {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}

/** One question a screen: where one is, the question, the answer, and the way on at the thumb. */
export function Screen({ title, lead, number, of, savedAt, onBack, next, children }: ScreenProps) {
  const { t } = useTranslation("post");
  useTitle(title);
  const body = (
    <>
      <div className="sayhead">
        {onBack && (
          <Button small kind="quiet" icon="left" onClick={onBack}>
            {t("back")}
          </Button>
        )}
        <span className="small muted num">{t("step", { number, of })}</span>
        <Progress done={number} of={of} label={t("step", { number, of })} />
      </div>
      <h1 tabIndex={-1}>{title}</h1>
      {lead && <p className="lead">{lead}</p>}
      <div className="saybody">{children}</div>
      {next && (
        <div className="saynext">
          <Button type="submit" kind="primary" block busy={next.busy} disabled={!next.ready}>
            {next.label}
          </Button>
          {!next.ready && <p className="small muted">{t("notReady")}</p>}
          <DraftSaved at={savedAt} />
        </div>
      )}
    </>
  );
  // Without a button of its own a screen is no form: what stands on it may be one.
  if (!next) return <div className="sayscreen">{body}</div>;
  return (
    <form
      className="sayscreen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (next.ready && !next.busy) next.onNext();
      }}
    >
      {body}
    </form>
  );
}
