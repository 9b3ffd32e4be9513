// What the walk's steps are written in. Each counts, and says how it went.

let passed = 0;
let failed = 0;
const misses = [];

export const phase = (title) => console.log(`\n${title}`);

/** What the action returns. It must succeed: what comes later builds on it. */
export async function does(what, action) {
  const began = performance.now();
  try {
    const result = await action();
    pass(what, began);
    return result;
  } catch (error) {
    fail(`${what}: ${told(error)}`);
    throw new Error(`${what} failed, and the walk cannot go on`, { cause: error });
  }
}

/** The action must fail, and with this code of Azure's. */
export async function refused(code, what, action) {
  const began = performance.now();
  try {
    await action();
  } catch (error) {
    if (new RegExp(`\\b${code}\\b`).test(told(error))) {
      pass(`${what} (${code})`, began);
    } else {
      fail(`${what}: refused, but not with ${code}: ${told(error)}`);
    }
    return;
  }
  fail(`${what}: succeeded, where ${code} was due`);
}

/** Two values must be the same, whatever they are. */
export function is(actual, expected, what) {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value));
  if (a === b) {
    passed++;
  } else {
    fail(`${what ?? "value"}: ${a} where ${b} was due`);
  }
}

export function summary() {
  console.log(`\n${passed} checks of Microsoft's JavaScript clients passed, ${failed} failed`);
  misses.forEach((miss) => console.log(`  FAILED  ${miss}`));
  return failed === 0 && passed > 0;
}

/** All that an asynchronous iterator has. */
export async function all(iterator) {
  const items = [];
  for await (const item of iterator) {
    items.push(item);
  }
  return items;
}

function pass(what, began) {
  passed++;
  console.log(`  ok  ${what} (${((performance.now() - began) / 1000).toFixed(2)} s)`);
}

function fail(what) {
  failed++;
  misses.push(what);
  console.log(`  FAILED  ${what}`);
}

/** What the client lets its caller know of a refusal: its own code and message, and the service's body. */
function told(error) {
  const body = error.response?.bodyAsText ?? JSON.stringify(error.details ?? error.body ?? "");
  return [error.name, error.code, error.statusCode, error.message, body].filter(Boolean).join(" ");
}
