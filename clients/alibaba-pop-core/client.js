// `@alicloud/pop-core` of npm, which signs parameters with HMAC-SHA1 and sends all of them, the
// signature too, in the form body of a POST or the query of a GET.
//
//   client.js URL WORLD.json

'use strict';

const { RPCClient } = require('@alicloud/pop-core');
const { Refused, main } = require('../shared/life.js');

function connect(method, url, region, keys) {
  const client = new RPCClient({
    accessKeyId: keys.access_key_id,
    accessKeySecret: keys.access_key_secret,
    endpoint: url,
    apiVersion: '2020-01-10',
  });
  return async (operation, parameters) => {
    try {
      return await client.request(operation, { RegionId: region, ...parameters }, { method });
    } catch (error) {
      if (error.data === undefined) {
        throw error;
      }
      const { RequestId, Message } = error.data;
      throw new Refused(error.entry.response.statusCode, error.code, RequestId, Message);
    }
  };
}

main({
  POST: (...to) => connect('POST', ...to),
  GET: (...to) => connect('GET', ...to),
});
