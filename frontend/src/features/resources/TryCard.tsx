import { type ReactNode, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { useWrite, type WriteKey } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { FilePick } from "./FilePick";

interface Props<R> {
  title: string;
  intro?: ReactNode;
  /** Under the file: which columns it needs. */
  help: string;
  /** Further fields. */
  children?: ReactNode;
  /** What else decides the outcome, beside the file. */
  choice?: string;
  refresh: string[][];
  send: (file: File, dryRun: boolean, key: WriteKey) => Promise<R>;
  /** What was found or done; undefined when another file is chosen. */
  onReport: (report: (R & { dryRun: boolean }) | undefined) => void;
  /** The button that does it in earnest, once the dry run shows something to do. */
  verb: string | undefined;
}

/** A file in two steps: what it would change, then the change. */
export function TryCard<R extends object>(props: Props<R>) {
  const { title, intro, help, children, choice, refresh, send, onReport, verb } = props;
  const { t } = useTranslation("resources");
  const [file, setFile] = useState<File>();
  const write = useWrite(
    async (input: { name: string; size: number; dryRun: boolean; choice?: string }, key) => {
      if (!file) throw new TypeError("no file was chosen");
      return { ...(await send(file, input.dryRun, key)), dryRun: input.dryRun };
    },
    { refresh, onDone: onReport },
  );
  const go = (dryRun: boolean) => file && write.mutate({ name: file.name, size: file.size, dryRun, choice });
  return (
    <Card title={title}>
      <div className="stack">
        {intro}
        <FilePick
          label={t("exchange.file")}
          help={help}
          file={file}
          onChange={(f) => {
            setFile(f);
            onReport(undefined);
            write.reset();
          }}
        />
        {children}
        <ProblemNotice problem={write.error} />
        <div className="row">
          <Button
            kind={verb ? "plain" : "primary"}
            disabled={!file}
            busy={write.isPending && write.variables.dryRun}
            onClick={() => go(true)}
          >
            {t("exchange.try")}
          </Button>
          {verb && (
            <Button
              kind="primary"
              busy={write.isPending && !write.variables.dryRun}
              onClick={() => go(false)}
            >
              {verb}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

/** The file as the body of a request, as it is. */
export const raw = (file: File) => ({
  body: "",
  bodySerializer: () => file as unknown as string,
  headers: { "Content-Type": "application/octet-stream" },
});
