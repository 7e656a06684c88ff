import { ContractList } from "./ContractList";

/** The contracts of the reader's body or scope, drafts included. */
export default function WorkContractsPage() {
  return <ContractList mine />;
}
