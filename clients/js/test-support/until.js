/** Longer than anything in these tests takes on a busy machine, in milliseconds. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 5;

/**
 * Resolves with the condition's value when it holds; rejects with the condition, and what it gave last, when it does not hold
 * in time.
 */
export async function until(condition, patienceMs = PATIENCE_MS) {
  const called = new Error('called here');
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) {
      const text = String(condition).replace(/^(async )?\(\) => /, '');
      throw new Error(`Waited ${patienceMs} ms in vain for: ${text} (it is ${JSON.stringify(value)})`, {
        cause: called,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
