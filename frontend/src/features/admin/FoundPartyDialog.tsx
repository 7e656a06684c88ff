import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select, TextField } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";
import { kinds } from "./kinds";

const blank = { kind: "", name: "", nameEn: "", uscc: "" };

/** Registers an organisation; its administrators are invited on its page. */
export function FoundPartyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const navigate = useNavigate();
  const form = useId();
  const [value, setValue] = useState(blank);
  const [tried, setTried] = useState(false);
  const patch = (p: Partial<typeof blank>) => setValue((old) => ({ ...old, ...p }));
  const found = useWrite(
    (body: typeof blank, key) => ask(api.POST("/api/v1/parties", { params: { header: key }, body })),
    { refresh: [["parties"]], onDone: (p) => void navigate({ href: paths.workParty(p.id) }) },
  );
  const missing = tried && (!value.kind || !value.name.trim());
  return (
    <Dialog
      title={t("parties.found")}
      open={open}
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={found.isPending}>
          {t("parties.foundDo")}
        </Button>
      }
    >
      <form
        id={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (value.kind && value.name.trim()) found.mutate(value);
        }}
      >
        <ProblemNotice problem={found.error} />
        <Select
          id="kind"
          label={t("parties.kind")}
          value={value.kind}
          onChange={(kind) => patch({ kind })}
          error={missing && !value.kind ? t("parties.kindMissing") : undefined}
          placeholder={t("parties.kindChoose")}
          options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
        />
        <TextField
          id="partyName"
          label={t("parties.name")}
          help={t("parties.nameHelp")}
          value={value.name}
          onChange={(name) => patch({ name })}
          error={missing && !value.name.trim() ? t("parties.nameMissing") : undefined}
        />
        <TextField
          id="partyNameEn"
          label={t("parties.nameEn")}
          value={value.nameEn}
          onChange={(nameEn) => patch({ nameEn })}
          optional
        />
        <TextField
          id="uscc"
          label={t("parties.uscc")}
          help={t("parties.usccHelp")}
          value={value.uscc}
          onChange={(uscc) => patch({ uscc })}
          spellCheck={false}
          optional
        />
      </form>
    </Dialog>
  );
}
