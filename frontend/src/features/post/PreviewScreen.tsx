import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { needsChanged } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { KeyValue } from "@/ui/layout";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";
import type { ReceiptData } from "./Receipt";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";
import { type Saying, toBody } from "./saying";

interface PreviewProps extends ScreenProps {
  assistId?: string;
  onPosted: (receipt: ReceiptData) => void;
}

/** What everybody will read, with everything that was hidden marked, before anybody does. */
export function PreviewScreen({ draft, number, of, onBack, assistId, onPosted }: PreviewProps) {
  const { t } = useTranslation("post");
  const session = useSession();
  const here = useLocation().href;
  const { value } = draft;
  const words = value.words.trim();
  const preview = useQuery({
    queryKey: ["voices", "preview", value.placeId, words],
    enabled: session !== undefined,
    queryFn: () => ask(api.POST("/api/v1/voices/preview", { body: { placeId: value.placeId, words } })),
  });
  const post = useWrite(
    (body: ReturnType<typeof toBody>, key) =>
      ask(api.POST("/api/v1/voices", { params: { header: key }, body })),
    { refresh: needsChanged, onDone: onPosted },
  );
  if (!session) {
    return (
      <Screen
        title={t("preview.signIn")}
        lead={t("preview.signInWhy")}
        number={number}
        of={of}
        onBack={onBack}
      >
        <LinkButton kind="primary" block to={paths.signIn(here)}>
          {t("preview.signInNow")}
        </LinkButton>
      </Screen>
    );
  }
  return (
    <Screen
      title={t("preview.title")}
      lead={t("preview.lead")}
      number={number}
      of={of}
      onBack={onBack}
      savedAt={draft.savedAt}
      next={{
        label: t("preview.submit"),
        ready: preview.data !== undefined,
        busy: post.isPending,
        onNext: () => preview.data && post.mutate(toBody(value, preview.data.public, assistId)),
      }}
    >
      <Loaded query={preview} lines={4}>
        {(p) => (
          <>
            <figure className="said">
              <blockquote className={value.isPrivate ? "muted" : undefined}>
                {value.isPrivate ? t("preview.private") : <Marked text={p.public} marks={p.marks} />}
              </blockquote>
            </figure>
            {p.marks.length > 0 && <Notice>{t("preview.hidden", { count: p.marks.length })}</Notice>}
          </>
        )}
      </Loaded>
      <Checkbox
        label={t("preview.keepPrivate")}
        help={t("preview.keepPrivateHelp")}
        checked={value.isPrivate}
        onChange={(isPrivate) => draft.set({ isPrivate })}
      />
      <Summary saying={value} />
      <ProblemNotice problem={post.error} onReload={() => void preview.refetch()} />
    </Screen>
  );
}

interface Mark {
  kind: string;
  start: number;
  end: number;
}

/** Positions count Unicode characters, as the server does. */
function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  const { t } = useTranslation("post");
  const letters = [...text];
  const parts = [];
  let from = 0;
  for (const m of marks) {
    if (m.start < from) continue;
    parts.push(letters.slice(from, m.start).join(""));
    parts.push(
      <mark key={m.start} title={t(`preview.kind.${m.kind}`)}>
        {letters.slice(m.start, m.end).join("")}
      </mark>,
    );
    from = m.end;
  }
  return (
    <>
      {parts}
      {letters.slice(from).join("")}
    </>
  );
}

function Summary({ saying }: { saying: Saying }) {
  const { t } = useTranslation("post");
  const { t: needs } = useTranslation("needs");
  const categories = useCategories();
  return (
    <KeyValue
      items={[
        { label: t("place.label"), value: saying.placeName },
        { label: t("category.label"), value: categories.name(saying.category) },
        { label: t("details.urgency"), value: needs(`urgency.${saying.urgency}`) },
        saying.photos.length > 0 && {
          label: t("words.photos"),
          value: t("preview.photos", { count: saying.photos.length }),
        },
        saying.where !== "" && { label: t("details.where"), value: saying.where },
        saying.building !== "" && { label: t("preview.home"), value: t("preview.homeCounted") },
      ]}
    />
  );
}
