import { bidders, winner } from "./bids";
import type { Cast } from "./cast";
import { ceremony } from "./opening";
import { projectName } from "./project";

/** Prices are opened, the ranking is computed, the head confirms and announces; losers see why. */
export async function award(cast: Cast): Promise<void> {
  await cast.passHours(1);
  await ceremony(cast, "开启报价");
  const maker = await cast.as("buyer.qinglong.2");
  await maker.todo(projectName, "排序并推荐候选");
  await maker.press("排序并推荐候选");
  await maker.reads("排名");
  const head = await cast.as("buyer.qinglong.approver");
  await head.todo(projectName, "确认成交供应商");
  await head.fill("确认意见", "按评审小组推荐的排名确定");
  await head.press("确认成交供应商");
  await head.press("公告结果");
  await head.reads("结果已公告。");
  for (const bidder of bidders) {
    const me = await cast.as(bidder.login);
    await me.menu("我的响应");
    await me.follow(projectName);
    await me.reads(bidder === winner ? "恭喜，我方成交。" : "本次未成交。");
  }
  const anyone = await cast.as("");
  await anyone.goto("/notices");
  await anyone.follow(projectName, anyone.row(projectName, "结果公告"));
  await anyone.heading(projectName);
  await anyone.reads(winner.name);
}
