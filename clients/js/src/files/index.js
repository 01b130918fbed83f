import { FilesHttp } from './files-http.js';

/**
 * The way to files that the options of `connect` name.
 * @param {{http?: string | string[], url?: string | string[], tls?: any}} options
 * @param {{get: (why: {renew: boolean, not?: string}) => Promise<string>}} tokens
 */
export function filesHttp({ http, url, tls }, tokens) {
  return new FilesHttp([http ?? url ?? []].flat(), tokens, transport(tls));
}

/** @param {any} tls */
async function transport(tls) {
  if (typeof XMLHttpRequest !== 'undefined') return (await import('./browser-transport.js')).browserTransport;
  return (await import('./node-transport.js')).nodeTransport(tls);
}
