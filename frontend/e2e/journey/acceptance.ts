import { winner } from "./bids";
import type { Cast } from "./cast";
import { projectName } from "./project";

const evidence = {
  name: "巡逻记录.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
};

/** Delivered with evidence, judged by the people served, inspected by one who did not sign. */
export async function acceptance(cast: Cast): Promise<void> {
  const supplier = await cast.as(winner.login);
  await supplier.todo(projectName, "开始这一期");
  await supplier.press("开始这一期");
  await supplier.confirm("开始这一期");
  await supplier.press("上传佐证");
  await supplier.fill("名称", "巡逻记录与签到表");
  await supplier.fill("记录条数", "12");
  await supplier.upload("文件", evidence);
  await supplier.confirm("上传佐证");
  await supplier.press("提交成果");
  await supplier.confirm("提交成果");
  await opinion(cast);
  const inspector = await cast.as("buyer.qinglong.2");
  await inspector.todo(projectName, "开始验收");
  await inspector.press("开始验收");
  await inspector.confirm("开始验收");
  await inspector.press("填写验收结论");
  await inspector.tick("已交付：巡逻记录与签到表");
  await inspector.fill("夜间巡逻次数", "12");
  await inspector.fill("服务对象意见", "走访了三户居民，都说晚上踏实多了。");
  await inspector.confirm("验收通过");
  await inspector.press("公告验收结果");
  await inspector.confirm("公告验收结果");
  await inspector.reads("可支付");
}

/** A resident who was served says so on the phone. */
async function opinion(cast: Cast): Promise<void> {
  const resident = await cast.as("resident.zhiqiang", true);
  await resident.goto("/contracts");
  await resident.page.getByRole("link", { name: projectName }).first().click();
  await resident.answer("打分", "5 很满意");
  await resident.fill("说一句", "晚上有人巡逻，孩子下自习放心。");
  await resident.press("提交评价");
  await resident.reads("你已评 5 分，可以修改。");
}
