/** Empty, loading, error and denied are designed states: what happened, and what to do. */
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { fieldSentence } from "@/lib/fieldwords";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { asProblem, type Problem } from "@/lib/problem";
import { Button, LinkButton } from "./Button";
import { Icon, type IconName } from "./icons";

type NoticeTone = "info" | "ok" | "wait" | "bad";
const noticeIcons: Record<NoticeTone, IconName> = { info: "info", ok: "check", wait: "clock", bad: "alert" };

/**
 * An inline notice: what is now true. There are no toasts; words that vanish are unread.
 * `live` announces it, for notices that appear after an action.
 */
export function Notice({
  tone = "info",
  live,
  children,
}: {
  tone?: NoticeTone;
  live?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`notice ${tone}`} role={live ? (tone === "bad" ? "alert" : "status") : undefined}>
      <Icon name={noticeIcons[tone]} size={18} />
      <div>{children}</div>
    </div>
  );
}

export function Empty({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="state card">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** What happened names the page when nothing else does. */
function StateHead({ children }: { children: ReactNode }) {
  const [alone, setAlone] = useState(false);
  useLayoutEffect(() => setAlone(document.querySelector("main h1") === null), []);
  return alone ? <h1 tabIndex={-1}>{children}</h1> : <h2>{children}</h2>;
}

export function Denied({ problem }: { problem?: Problem }) {
  const { t } = useTranslation("ui");
  const signedOut = problem?.status === 401;
  return (
    <div className="state card">
      <Icon name="lock" size={28} />
      <StateHead>{problem?.sentence ?? t("denied.title")}</StateHead>
      <p>{signedOut ? t("denied.signIn") : t("denied.switch")}</p>
      {signedOut && (
        <LinkButton kind="primary" to={paths.signIn(globalThis.location?.pathname)}>
          {t("signIn")}
        </LinkButton>
      )}
    </div>
  );
}

/** What happened, the code, the request id for support, and a way on. */
export function ErrorState({ fault, onRetry }: { fault: unknown; onRetry?: () => void }) {
  const { t } = useTranslation("ui");
  useTranslation("problems");
  const problem = asProblem(fault);
  if (problem.isDenied) return <Denied problem={problem} />;
  return (
    <div className="state card" role="alert">
      <StateHead>{problem.sentence}</StateHead>
      <p>{t(problem.status >= 500 || problem.status === 0 ? "error.later" : "error.check")}</p>
      <ProblemCode problem={problem} />
      {onRetry && (
        <Button onClick={onRetry} kind="primary">
          {t("error.retry")}
        </Button>
      )}
    </div>
  );
}

function ProblemCode({ problem }: { problem: Problem }) {
  const { t } = useTranslation("ui");
  return (
    <div className="tiny muted">
      {t("error.code")} <code>{problem.code}</code>
      {problem.requestId && (
        <>
          {" · "}
          {t("error.request")} <code>{problem.requestId}</code>
        </>
      )}
    </div>
  );
}

/** A refused write, beside the form or button it belongs to. Input is kept; a stale version offers to read again. */
export function ProblemNotice({
  problem,
  onReload,
}: {
  problem: Problem | null | undefined;
  onReload?: () => void;
}) {
  const { t } = useTranslation("ui");
  useTranslation("problems");
  if (!problem) return null;
  return (
    <Notice tone="bad" live>
      <strong>{problem.sentence}</strong>
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map((f) => (
            <li key={`${f.path}${f.code}`}>{fieldSentence(f)}</li>
          ))}
        </ul>
      )}
      <ProblemCode problem={problem} />
      {problem.status === 412 && onReload && (
        <Button small onClick={onReload}>
          {t("error.reload")}
        </Button>
      )}
    </Notice>
  );
}

const widths = ["w90", "w70", "w80", "w60", "w75"];

/** Grey lines in the shape of what comes; `lines` about as many as will be there. */
export function Skeleton({ lines = 6, card = true }: { lines?: number; card?: boolean }) {
  const { t } = useTranslation("ui");
  return (
    <div className={card ? "card pad" : undefined} role="status" aria-label={t("loading")}>
      <div className="stack">
        {Array.from({ length: lines }, (_, i) => (
          <span key={i} className={`skeleton ${widths[i % widths.length]}`}>
            &nbsp;
          </span>
        ))}
      </div>
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T, unknown>;
  lines?: number;
  children: (data: T) => ReactNode;
}

/** Skeleton, error or content of one query: `<Loaded query={need}>{(n) => …}</Loaded>`. */
export function Loaded<T>({ query, lines, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorState fault={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}
