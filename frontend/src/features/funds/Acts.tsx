import { type ReactNode, useState } from "react";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { useWrite, type WriteKey } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton } from "@/ui/Button";
import { fundsChanged, offered } from "./model";

interface Props<A extends string> {
  /** Whose verbs they are: "fund", "pledge", "donation". */
  machine: string;
  acts: readonly A[];
  actions: Parameters<typeof offered>[1];
  /** The one that leads on. */
  lead: A;
  /** In the head of a page: the leading verb stands large. */
  head?: boolean;
  /** What follows, in a sentence. */
  text: (act: A) => ReactNode;
  /** The one text the act wants, if any. */
  ask: (act: A) => { label: string; help?: string; short?: boolean } | undefined;
  run: (act: A, words: string, key: WriteKey) => Promise<unknown>;
}

/** The verbs one may choose now; each says what follows before it is done. */
export function Acts<A extends string>(props: Props<A>) {
  const { machine, acts, actions, lead, head, text, ask, run } = props;
  const verb = useTranslation("action").t;
  const [asking, setAsking] = useState<A>();
  const write = useWrite(({ act, words }: { act: A; words: string }, key) => run(act, words, key), {
    refresh: fundsChanged,
    onDone: () => setAsking(undefined),
  });
  return (
    <div className="row tight">
      {offered(acts, actions).map((act) => (
        <ActionButton
          key={act}
          small={!head || act !== lead}
          kind={act === lead ? "primary" : "plain"}
          {...actionProps(actions, act)}
          onClick={() => setAsking(act)}
        >
          {verb(`${machine}.${act}`)}
        </ActionButton>
      ))}
      {asking && (
        <ActDialog
          title={verb(`${machine}.${asking}`)}
          text={text(asking)}
          ask={ask(asking)}
          write={write}
          onClose={() => setAsking(undefined)}
          onSubmit={(words) => write.mutate({ act: asking, words })}
        />
      )}
    </div>
  );
}
