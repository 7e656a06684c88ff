import { ContractList } from "./ContractList";

/** Every published contract, for everybody. */
export default function ContractsPage() {
  return <ContractList mine={false} />;
}
