import type { Cast } from "./cast";
import { projectName } from "./project";
import { passphrase } from "./tender";

const maker = "buyer.qinglong.2";
const officers: [login: string, name: string][] = [
  [maker, "韩冰"],
  ["buyer.qinglong.approver", "秦岚"],
];
const experts = ["expert.1", "expert.2", "expert.3", "expert.4", "expert.5"];
const untilDeadline = 17; // days from publication, to ten in the morning

/** After the deadline: the committee is drawn and declares, then the officers open together. */
export async function opening(cast: Cast): Promise<void> {
  await cast.pass(untilDeadline);
  await cast.passHours(1); // closing waits a minute for what is still on its way
  const buyer = await cast.as(maker);
  await buyer.todo(projectName, "截止");
  await buyer.press("截止");
  await buyer.press("抽取评审小组");
  await buyer.confirm("随机抽取");
  const drawn: string[] = [];
  for (const login of experts) if (await declare(cast, login)) drawn.push(login);
  cast.trail.committee = drawn.join(",");
  await ceremony(cast, "开启响应文件");
}

/** An expert who was drawn says of every bidder that there is no conflict. */
async function declare(cast: Cast, login: string): Promise<boolean> {
  const expert = await cast.as(login);
  await expert.menu("评审任务");
  await expert.reads(/您被抽取参加的评审|现在没有评审任务/);
  const mine = expert.page.getByRole("link", { name: projectName });
  await expert.settled();
  if ((await mine.count()) === 0) return false;
  await mine.click();
  await expert.reads("开启之前，请对每一家供应商如实声明。");
  for (const none of await expert.page.getByRole("radio", { name: "没有" }).all()) await none.check();
  await expert.tick("以上声明真实，愿意承担责任");
  await expert.press("提交声明");
  await expert.reads("响应文件还没有开启");
  return true;
}

/** Everyone reports from his own account; then each types his passphrase at the same table. */
export async function ceremony(cast: Cast, name: string): Promise<void> {
  for (const [login] of officers) {
    const officer = await cast.as(login);
    await officer.todo(projectName, name);
    await officer.press("我已到场，签到");
    await officer.reads("已签到");
  }
  const table = await cast.as(maker);
  for (const [login, person] of officers) {
    const turn = table.page.locator("form").filter({ hasText: person });
    await table.fill(`${person} 的开启口令`, passphrase(login));
    await table.press("解开", turn);
    await table.reads("已解开", turn);
  }
  await table.press("共同开启");
  await table.reads(`${name}记录`);
}
