import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JovialError } from '../error.js';

const NAME = 'lock';

/**
 * Says which process this is: a number is given again, but not to a process that started at the same tick.
 * @param {number} pid
 */
async function identity(pid) {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return `${pid}`;
  }
}

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {any} */ (error).code === 'EPERM';
  }
}

/**
 * Keeps a folder for this process. What a dead process left is taken over.
 * @param {string} folder
 * @returns {Promise<() => Promise<void>>} gives it back
 */
export async function lockFolder(folder) {
  const path = join(folder, NAME);
  const me = await identity(process.pid);
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(me);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (/** @type {any} */ (error).code !== 'EEXIST') throw error;
    }
    const owner = await readFile(path, 'utf8').catch(() => '');
    const pid = Number(owner.split(' ')[0]);
    if (pid && lives(pid) && owner === (await identity(pid))) {
      const text = `The folder ${folder} is in use by process ${pid}. Give each client a folder of its own.`;
      throw new JovialError('store_in_use', text);
    }
    await rm(path, { force: true });
  }
}
