import { register } from 'node:module';

/** Names of modules as the import map of `webroot/index.html` has them, for tests under Node. */
const IMPORTS = { '@jovial/chat': new URL('../../clients/js/src/index.js', import.meta.url).href };

const hooks = `
const imports = ${JSON.stringify(IMPORTS)};
export const resolve = (name, context, next) =>
  imports[name] ? { url: imports[name], shortCircuit: true } : next(name, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
