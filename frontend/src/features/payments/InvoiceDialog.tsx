import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { complete, InvoiceFields, type InvoiceForm, toInvoice } from "./InvoiceFields";
import { type PaymentView, refreshed } from "./model";

/** Another invoice in the place of the present one; the old number stays used. */
export function InvoiceDialog({
  p,
  onClose,
  onReload,
}: {
  p: PaymentView;
  onClose: () => void;
  onReload: () => void;
}) {
  const { t } = useTranslation("payments");
  const words = useTranslation("action");
  const last = p.invoices.at(-1);
  const [f, setForm] = useState<InvoiceForm>({
    number: "",
    issuedOn: "",
    item: last?.item ?? "",
    rate: String(last?.taxRateBp ?? 600),
    totalFen: p.amountFen,
    file: [],
    buyerName: last?.buyerName ?? p.buyerName,
    buyerUscc: last?.buyerUscc ?? "",
    sellerName: last?.sellerName ?? p.supplierName,
    sellerUscc: last?.sellerUscc ?? "",
  });
  const write = useWrite(
    (input: InvoiceForm, key) =>
      ask(
        api.PUT("/api/v1/payments/{id}/invoice", {
          params: { path: { id: p.id }, header: { ...ifMatch(p.version), ...key } },
          body: toInvoice(input),
        }),
      ),
    { refresh: refreshed, onDone: onClose },
  );
  return (
    <FormDialog
      title={words.t("payment.replace_invoice")}
      side
      ready={complete(f)}
      write={write}
      onSubmit={() => write.mutate(f)}
      onClose={onClose}
      onReload={onReload}
    >
      <p className="muted">{t("invoice.replaceText")}</p>
      <InvoiceFields f={f} onChange={(part) => setForm({ ...f, ...part })} />
    </FormDialog>
  );
}
