/** What the forms of one's own resources share: draft, faults, saving, and the frame around the fields. */
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { Problem } from "@/lib/problem";
import { useWrite, type WriteKey } from "@/lib/query";
import { Button, LinkButton } from "@/ui/Button";
import { DraftSaved, ErrorSummary, type Errors, errorsOf, hasErrors } from "@/ui/ErrorSummary";
import { ProblemNotice } from "@/ui/states";
import { refreshed } from "./model";

interface Plan<T> {
  /** Of the draft; with the object's version, so that an old draft never overwrites a newer text. */
  name: string;
  initial: T;
  /** JSON paths of the server's faults → ids of the fields. */
  ids: Record<string, string>;
  /** What the form itself refuses to send. */
  wrong?: (value: T) => Errors;
  send: (value: T, key: WriteKey) => Promise<unknown>;
}

export interface ResourceForm<T> {
  v: T;
  set: (patch: Partial<T>) => void;
  /** Empty until somebody tried to send. */
  errors: Errors;
  problem: Problem | null;
  busy: boolean;
  savedAt?: Date;
  submit: () => void;
}

/** Values kept as a draft until they are sent; then back to the list of one's own. */
export function useResourceForm<T extends object>(plan: Plan<T>): ResourceForm<T> {
  const navigate = useNavigate();
  const draft = useDraft<T>(plan.name, plan.initial);
  const [tried, setTried] = useState(false);
  const write = useWrite(plan.send, {
    refresh: refreshed,
    onDone: () => {
      draft.clear();
      void navigate({ to: paths.workResources() });
    },
  });
  const own = plan.wrong?.(draft.value) ?? {};
  return {
    v: draft.value,
    set: draft.set,
    errors: tried ? { ...errorsOf(write.error, plan.ids), ...own } : {},
    problem: write.error,
    busy: write.isPending,
    savedAt: draft.savedAt,
    submit: () => {
      setTried(true);
      if (!hasErrors(own)) write.mutate(draft.value);
    },
  };
}

interface FrameProps<T> {
  form: ResourceForm<T>;
  /** On the button that sends. */
  verb: string;
  children: ReactNode;
}

export function FormFrame<T>({ form, verb, children }: FrameProps<T>) {
  const { t } = useTranslation("resources");
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {hasErrors(form.errors) && <ErrorSummary errors={form.errors} />}
      <ProblemNotice problem={form.problem} />
      {children}
      <div className="row">
        <Button type="submit" kind="primary" busy={form.busy}>
          {verb}
        </Button>
        <LinkButton kind="quiet" to={paths.workResources()}>
          {t("form.back")}
        </LinkButton>
        <DraftSaved at={form.savedAt} />
      </div>
    </form>
  );
}
