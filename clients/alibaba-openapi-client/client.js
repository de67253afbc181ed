// `@alicloud/openapi-client` of npm, on which the TypeScript SDKs stand: ACS3-HMAC-SHA256 in a
// header, or HMAC-SHA1 in the query.
//
//   client.js URL WORLD.json

'use strict';

const openapi = require('@alicloud/openapi-client');
const { default: Utilities } = require('@alicloud/openapi-util');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { Refused, main } = require('../shared/life.js');

function connect(signatureAlgorithm, url, region, keys) {
  const client = new openapi.default(
    new openapi.Config({
      accessKeyId: keys.access_key_id,
      accessKeySecret: keys.access_key_secret,
      protocol: 'http',
      endpoint: url.replace('http://', ''),
      regionId: region,
      signatureAlgorithm,
    }),
  );
  return async (operation, parameters) => {
    // As the SDKs that are made from the product's metadata have it.
    const form = new openapi.Params({
      action: operation,
      version: '2020-01-10',
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
    const request = new openapi.OpenApiRequest({ query: Utilities.query(parameters) });
    try {
      return (await client.callApi(form, request, new RuntimeOptions({}))).body;
    } catch (error) {
      if (error.data === undefined) {
        throw error;
      }
      const { RequestId, Message } = error.data;
      throw new Refused(error.statusCode, error.code, RequestId, Message);
    }
  };
}

main({
  'ACS3-HMAC-SHA256': (...to) => connect(undefined, ...to),
  'HMAC-SHA1': (...to) => connect('v2', ...to),
});
