import { useState } from "react";
import { askBlob } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/Button";

/** Opens a stored file that needs the reader's token; the browser's own link could not carry it. */
export function FileLink({ id, name }: { id: string; name: string }) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  async function open() {
    setBusy(true);
    setRefused("");
    try {
      const url = URL.createObjectURL(await askBlob(`/api/v1/files/${id}`));
      globalThis.open(url, "_blank", "noopener");
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (fault) {
      setRefused(asProblem(fault).sentence);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button kind="quiet" small busy={busy} onClick={() => void open()}>
        {name}
      </Button>
      {refused && <span className="error small">{refused}</span>}
    </>
  );
}
