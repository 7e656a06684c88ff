import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { categoriesQuery } from "@/lib/categories";
import { type Draft, useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { assistQuery } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { Problem } from "@/lib/problem";
import { can, useSession } from "@/lib/session";
import { Denied, Skeleton } from "@/ui/states";
import { PlaceScreen } from "./PlaceScreen";
import type { ReceiptData } from "./Receipt";
import { goOnAtHeading } from "./Screen";
import { blank, type Category, firstOpen, type Saying, type StepName, stepNames, stepsOf } from "./saying";
import "./post.css";

// The first question comes at once; the others travel while it is answered.
const later = {
  AssistBar: () => import("./AssistBar"),
  AssistStart: () => import("./AssistStart"),
  CategoryScreen: () => import("./CategoryScreen"),
  GuidanceScreen: () => import("./GuidanceScreen"),
  WordsScreen: () => import("./WordsScreen"),
  SimilarScreen: () => import("./SimilarScreen"),
  DetailsScreen: () => import("./DetailsScreen"),
  HomeScreen: () => import("./HomeScreen"),
  PreviewScreen: () => import("./PreviewScreen"),
  Receipt: () => import("./Receipt"),
};
const AssistBar = lazy(() => later.AssistBar().then((m) => ({ default: m.AssistBar })));
const AssistStart = lazy(() => later.AssistStart().then((m) => ({ default: m.AssistStart })));
const CategoryScreen = lazy(() => later.CategoryScreen().then((m) => ({ default: m.CategoryScreen })));
const GuidanceScreen = lazy(() => later.GuidanceScreen().then((m) => ({ default: m.GuidanceScreen })));
const WordsScreen = lazy(() => later.WordsScreen().then((m) => ({ default: m.WordsScreen })));
const SimilarScreen = lazy(() => later.SimilarScreen().then((m) => ({ default: m.SimilarScreen })));
const DetailsScreen = lazy(() => later.DetailsScreen().then((m) => ({ default: m.DetailsScreen })));
const HomeScreen = lazy(() => later.HomeScreen().then((m) => ({ default: m.HomeScreen })));
const PreviewScreen = lazy(() => later.PreviewScreen().then((m) => ({ default: m.PreviewScreen })));
const Receipt = lazy(() => later.Receipt().then((m) => ({ default: m.Receipt })));

/** What every screen is given. */
export interface ScreenProps {
  draft: Draft<Saying>;
  category?: Category;
  number: number;
  of: number;
  onBack?: () => void;
  /** On to the next screen; with a category that was chosen just now, to the one that follows it. */
  onNext: (chosen?: Category) => void;
}

/** Say what you need: from the place to the receipt, one question a screen, resumable. */
export default function SayPage() {
  const { t } = useTranslation("post");
  const session = useSession();
  const [receipt, setReceipt] = useState<ReceiptData>();
  const assists = session !== undefined && can("need.assist");
  const assist = useQuery({ ...assistQuery, enabled: assists }).data ?? undefined;
  const draft = useDraft<Saying>(assist ? `voice.${assist.id}` : "voice.new", blank);
  useOwnPlace(draft);
  useLaterScreens();
  if (session && !can("need.post"))
    return <Denied problem={new Problem({ code: "access.forbidden" }, 403)} />;
  if (receipt)
    return (
      <Suspense fallback={<Skeleton card={false} />}>
        <Receipt data={receipt} onAgain={() => setReceipt(undefined)} />
      </Suspense>
    );
  return (
    <div className="sayflow">
      <Suspense fallback={<Skeleton card={false} />}>
        {assist && <AssistBar assist={assist} />}
        {assists && !assist && <AssistStart />}
        {(!assists || assist) && (
          <Screens
            key={assist?.id}
            draft={draft}
            assistId={assist?.id}
            onPosted={(r) => {
              draft.clear();
              setReceipt(r);
            }}
          />
        )}
      </Suspense>
      {draft.resumed && draft.savedAt && <p className="small muted">{t("resumed")}</p>}
    </div>
  );
}

/** Fetches the later screens while the first is read, so that no question keeps anybody waiting. */
function useLaterScreens() {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const fetchScreen of Object.values(later)) void fetchScreen().catch(() => undefined);
    }, 1500);
    return () => clearTimeout(timer);
  }, []);
}

/** A member of a community starts there; everybody else chooses. */
function useOwnPlace(draft: Draft<Saying>) {
  const own = useSession()?.membership;
  const { placeId } = draft.value;
  const { set } = draft;
  const community = own && ["resident", "council", "community_worker"].includes(own.role) ? own : undefined;
  useEffect(() => {
    if (community?.placeId && placeId !== community.placeId)
      set({ placeId: community.placeId, placeName: community.placeName });
  }, [community, placeId, set]);
}

interface ScreensProps {
  draft: Draft<Saying>;
  assistId?: string;
  onPosted: (receipt: ReceiptData) => void;
}

/** The next question is read out, and the keyboard goes on in it. */
function useFocusOnQuestion(step: StepName) {
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    goOnAtHeading();
  }, [step]);
}

function Screens({ draft, assistId, onPosted }: ScreensProps) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { step?: string };
  const categories = useQuery(categoriesQuery).data;
  const category = categories?.find((c) => c.code === draft.value.category);
  // Where nothing alike was found, that screen is no question and is left out, also on the way back.
  const [noneAlike, setNoneAlike] = useState("");
  const asked = [draft.value.placeId, draft.value.category, draft.value.words].join("\n");
  const stepsWith = (c: Category | undefined) =>
    stepsOf(c).filter((s) => s !== "similar" || noneAlike !== asked);
  const steps = stepsWith(category);
  const wanted = stepNames.find((s) => s === search.step) ?? "place";
  const step = firstOpen(
    steps,
    steps.includes(wanted) ? wanted : wanted === "similar" ? "details" : "words",
    draft.value,
  );
  useFocusOnQuestion(step);
  const at = steps.indexOf(step);
  const go = (to: StepName | undefined) =>
    to && void navigate({ to: paths.say(), search: { step: to } as never });
  const props: ScreenProps = {
    draft,
    category,
    number: at + 1,
    of: steps.length,
    onBack: at > 0 ? () => go(steps[at - 1]) : undefined,
    onNext: (chosen = category) => go(stepsWith(chosen)[at + 1]),
  };
  switch (step) {
    case "place":
      return <PlaceScreen {...props} />;
    case "category":
      return <CategoryScreen {...props} />;
    case "guidance":
      return <GuidanceScreen {...props} />;
    case "words":
      return <WordsScreen {...props} />;
    case "similar":
      return <SimilarScreen {...props} onNone={() => setNoneAlike(asked)} />;
    case "details":
      return <DetailsScreen {...props} />;
    case "home":
      return <HomeScreen {...props} />;
    case "preview":
      return <PreviewScreen {...props} assistId={assistId} onPosted={onPosted} />;
  }
}
