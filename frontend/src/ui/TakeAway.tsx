import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { asProblem, type Problem } from "@/lib/problem";
import type { Sheet } from "@/lib/sheet";
import { Button } from "./Button";
import type { Pages } from "./Pagination";
import { ProblemNotice } from "./states";

/** What a page shows as CSV, as XLSX and on paper. `sheet` may load the rest of a list first. */
export function TakeAway({ sheet }: { sheet: () => Sheet | Promise<Sheet> }) {
  const { t } = useTranslation("ui");
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  async function take(format: "csv" | "xlsx") {
    setBusy(format);
    setProblem(null);
    try {
      const [{ saveSheet }, what] = await Promise.all([import("@/lib/sheet"), sheet()]);
      saveSheet(what, format);
    } catch (fault) {
      setProblem(asProblem(fault));
    } finally {
      setBusy("");
    }
  }
  return (
    <>
      <Button small icon="download" busy={busy === "csv"} onClick={() => void take("csv")}>
        {t("take.csv")}
      </Button>
      <Button small icon="download" busy={busy === "xlsx"} onClick={() => void take("xlsx")}>
        {t("take.xlsx")}
      </Button>
      <PrintButton />
      <ProblemNotice problem={problem} />
    </>
  );
}

/** The page on paper: navigation and buttons stay behind. */
export function PrintButton() {
  const { t } = useTranslation("ui");
  return (
    <Button small icon="print" onClick={() => globalThis.print()}>
      {t("take.print")}
    </Button>
  );
}

/** A list longer than this is a question for the data page, not for one file. */
const mostPages = 100;

interface Listed<Row> extends Pages {
  data?: { pages: { items: Row[] }[] };
  fetchNextPage: () => Promise<Listed<Row>>;
}

/** Every row of a list, its further pages loaded first, so that the file holds all that the filters name. */
export async function everyRow<Row>(query: Listed<Row>): Promise<Row[]> {
  let at = query;
  for (let n = 0; at.hasNextPage && n < mostPages; n++) at = await at.fetchNextPage();
  return at.data?.pages.flatMap((page) => page.items) ?? [];
}
