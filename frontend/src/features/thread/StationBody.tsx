import { AwardBody } from "./AwardBody";
import { ProjectBody, TenderBody } from "./BuyingBodies";
import { AcceptanceBody, DeliveryBody, MoneyBody } from "./DeliveryBodies";
import { contractsOf, type StationFacts, type Thread, tendersOf } from "./model";
import { VoicesBody } from "./VoicesBody";
import { VoteBody } from "./VoteBody";
import { Clocks } from "./words";

/** All that a station of the thread holds, and the days its rules allow. */
export default function StationBody({ thread, station }: { thread: Thread; station: StationFacts }) {
  const bodies: Record<string, () => React.ReactNode> = {
    voices: () => <VoicesBody thread={thread} />,
    deliberation: () => <VoteBody thread={thread} />,
    project: () => <ProjectBody thread={thread} />,
    tender: () => <TenderBody tenders={tendersOf(thread)} />,
    award: () => <AwardBody tenders={tendersOf(thread)} />,
    delivery: () => <DeliveryBody contracts={contractsOf(thread)} />,
    acceptance: () => <AcceptanceBody thread={thread} />,
    money: () => <MoneyBody thread={thread} />,
  };
  return (
    <div className="stack">
      {bodies[station.key]?.()}
      <Clocks clocks={station.clocks} />
    </div>
  );
}
