import { Day } from "@/ui/values";
import type { Thread } from "./model";
import { useWords } from "./words";

/** What neighbours said, in the words they agreed to make public. */
export function VoicesBody({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const left = thread.need.voices - thread.quotes.length;
  return (
    <div className="stack tight">
      {thread.quotes.map((q) => (
        <figure key={q.code} className="quote">
          <blockquote>{q.words}</blockquote>
          <figcaption className="tiny muted">
            {q.code} · <Day at={q.at} />
          </figcaption>
        </figure>
      ))}
      {left > 0 && <p className="small muted">{t("voices.more", { count: left })}</p>}
      {thread.assisted > 0 && (
        <p className="small muted">{t("voices.assisted", { count: thread.assisted })}</p>
      )}
      <p className="small">{thread.need.summary}</p>
    </div>
  );
}
