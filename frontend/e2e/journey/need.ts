import type { Cast } from "./cast";

const title = "背街夜间没人巡逻";

/** The community answers for the voice until the need is adopted: gathered, on the agenda, sorted, voted, made public. */
export async function need(cast: Cast): Promise<void> {
  const worker = await cast.as("community.zhiqiang");
  await count(cast);
  await worker.todo(cast.trail.voice ?? "");
  await gather(cast);
  await worker.press("列入议事");
  await worker.confirm("列入议事");
  await worker.press("确定由谁来办");
  await worker.answer("这件事由谁来办？", "政府");
  await worker.fill("理由", "属于平安社区建设的公共服务");
  await worker.confirm("确定由谁来办");
  await screen(cast);
  await vote(cast);
  await worker.todo(title, "公示");
  await worker.press("公示");
  await worker.fill("公示天数", "5");
  await worker.confirm("公示");
  await cast.pass(8);
  await worker.todo(title, "采纳");
  await worker.press("采纳");
  await worker.confirm("采纳");
  await worker.reads("已采纳，等采购单位立项。");
}

/** How many households there are decides how many must stand behind a need. */
async function count(cast: Cast): Promise<void> {
  const worker = await cast.as("community.zhiqiang");
  await worker.goto("/places?q=致强");
  await worker.follow("致强社区");
  await worker.heading("致强社区");
  await worker.choose("登记什么", "户数");
  await worker.fill("数字", "10");
  await worker.fill("截至", "2026-09-20");
  await worker.fill("来源", "社区登记底册");
  await worker.press("登记");
  await worker.reads("已登记");
}

async function gather(cast: Cast): Promise<void> {
  const worker = await cast.as("community.zhiqiang");
  await worker.press("归成新需求");
  await worker.fill("标题", title);
  await worker.fill("说明", "青龙街背街夜间没有人巡逻，电瓶车被偷，居民希望有人夜里巡逻、教大家防盗。");
  await worker.confirm("归成需求");
  await worker.heading(title);
  cast.trail.title = title;
  cast.trail.need = worker.page.url().split("/").pop() ?? "";
}

async function screen(cast: Cast): Promise<void> {
  const worker = await cast.as("community.zhiqiang");
  await worker.press("核对负面清单");
  await worker.reads("逐项核对负面清单");
  const questions = worker.page.getByRole("dialog").getByRole("group");
  await questions.first().waitFor();
  for (const question of await questions.all()) await question.getByRole("radio", { name: "不属于" }).check();
  await worker.confirm("核对负面清单");
}

async function vote(cast: Cast): Promise<void> {
  const council = await cast.as("council.zhiqiang");
  await council.todo(title);
  await council.press("登记表决");
  for (const [field, n] of Object.entries({ 应到: 21, 实到: 17, 同意: 16, 反对: 0, 弃权: 1 }))
    await council.fill(field, String(n));
  await council.fill("会议纪要", "到会代表认为确有需要，同意提交街道统筹。");
  await council.confirm("登记表决");
  await council.reads("通过");
}
