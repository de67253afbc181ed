// `@aws-sdk/client-ram` of npm: the life of a resource share of AWS RAM.
//
//   client.js URL WORLD.json

'use strict';

const ram = require('@aws-sdk/client-ram');
const { run, take, until } = require('../shared/life.js');

const UNKNOWN =
  'arn:aws:ram:us-east-1:123456789012:resource-share/00000000-0000-4000-8000-000000000000';

/** One share, from its creation to its deletion. */
class Life {
  constructor(tally, url, world) {
    const { owner, outsider, 'member-a': member } = world.accounts;
    const connect = ({ access_key_id: accessKeyId, access_key_secret: secretAccessKey }) =>
      new ram.RAMClient({
        endpoint: url,
        region: world.region,
        credentials: { accessKeyId, secretAccessKey },
      });
    const call = (keys) => {
      const client = connect(keys);
      return (operation, input) => client.send(new ram[`${operation}Command`](input));
    };
    this.tally = tally;
    this.call = call(owner);
    this.stranger = call(outsider);
    this.impostor = call({ ...owner, access_key_secret: 'not-the-secret' });
    this.nobody = call({ ...owner, access_key_id: 'AKIANOBODY0000000001' });
    this.member = member.id;
    const owned = world.resources.filter((resource) => resource.owner === 'owner');
    [this.first, this.second] = owned.map(({ arn }) => arn);
  }

  check(what, actual, expected) {
    this.tally.check(what, actual, expected);
  }

  /** Checks that the client throws the error of the API, as its own type if it has one. */
  async refused(what, reply, names, type = Error) {
    try {
      await reply;
    } catch (error) {
      this.check(`${what}: name`, names.includes(error.name) || error.name, true);
      this.check(`${what}: type`, error instanceof type, true);
      const status = error.$metadata?.httpStatusCode;
      this.check(`${what}: status`, [400, 403].includes(status) || status, true);
      this.check(`${what}: message`, Boolean(error.message), true);
      return;
    }
    this.check(`${what}: is refused`, 'accepted', names);
  }

  /** The entities of one kind that are in the share, settled or not. */
  async associated(kind) {
    const rows = [];
    let nextToken;
    do {
      const reply = await this.call('GetResourceShareAssociations', {
        associationType: kind,
        resourceShareArns: [this.share],
        nextToken,
      });
      rows.push(...reply.resourceShareAssociations);
      nextToken = reply.nextToken;
    } while (nextToken);
    const live = rows.filter(({ status }) => status !== 'DISASSOCIATED');
    return live.map(({ associatedEntity, status }) => `${associatedEntity} ${status}`).sort();
  }

  async settle(what, kind, entities) {
    const wanted = entities.map((entity) => `${entity} ASSOCIATED`).sort();
    this.check(what, await until(() => this.associated(kind), wanted), wanted);
  }

  /** The statuses of the shares with this ARN that the owner sees. */
  async statuses() {
    const reply = await this.call('GetResourceShares', {
      resourceOwner: 'SELF',
      resourceShareArns: [this.share],
    });
    return reply.resourceShares.map(({ status }) => status);
  }

  remove(what) {
    return this.call('DisassociateResourceShare', { resourceShareArn: this.share, ...what });
  }

  async create() {
    const label = 'sdk-js é';
    const reply = await this.call('CreateResourceShare', {
      name: label,
      allowExternalPrincipals: false,
      clientToken: 'sdk-create',
    });
    const share = reply.resourceShare;
    this.share = share.resourceShareArn;
    this.check('create: name', share.name, label);
    this.check('create: external principals', share.allowExternalPrincipals, false);
    this.check('create: token', reply.clientToken, 'sdk-create');
    this.check('create: time', share.creationTime instanceof Date, true);
    this.check('create: is active', await until(() => this.statuses(), ['ACTIVE']), ['ACTIVE']);
  }

  async associate() {
    const resourceArns = [this.first, this.second];
    const principals = [this.member];
    const reply = await this.call('AssociateResourceShare', {
      resourceShareArn: this.share,
      principals,
      resourceArns,
    });
    const named = reply.resourceShareAssociations.map((row) => row.associatedEntity).sort();
    const wanted = [...principals, ...resourceArns].sort();
    this.check('associate: one row for each entity', named, wanted);
    this.check('associate: a token', Boolean(reply.clientToken), true);
    await this.settle('associate: the member', 'PRINCIPAL', principals);
    await this.settle('associate: the resources', 'RESOURCE', resourceArns);
  }

  async disassociate() {
    const clientToken = 'sdk-remove';
    const reply = await this.remove({ resourceArns: [this.first], clientToken });
    const rows = reply.resourceShareAssociations;
    const named = rows.map((row) => [row.associatedEntity, row.associationType]);
    this.check('disassociate: rows', named, [[this.first, 'RESOURCE']]);
    this.check('disassociate: token', reply.clientToken, clientToken);
    await this.settle('disassociate: only this one', 'RESOURCE', [this.second]);
    const again = this.remove({ resourceArns: [this.second], clientToken });
    const mismatch = 'IdempotentParameterMismatchException';
    await this.refused('the token again, with other parameters', again, [mismatch], ram[mismatch]);
    await this.remove({ resourceArns: [this.second] });
    await this.settle('disassociate the other: both are gone', 'RESOURCE', []);
    await this.remove({ principals: [this.member] });
    await this.settle('disassociate a member', 'PRINCIPAL', []);
  }

  async errors() {
    const remove = (resourceShareArn) =>
      this.call('DisassociateResourceShare', { resourceShareArn, principals: [this.member] });
    const unknown = 'UnknownResourceException';
    await this.refused('an unknown share', remove(UNKNOWN), [unknown], ram[unknown]);
    const malformed = 'MalformedArnException';
    await this.refused('no ARN', remove('not-an-arn'), [malformed], ram[malformed]);
    const list = { resourceOwner: 'SELF' };
    const mismatch = ['SignatureDoesNotMatch', 'InvalidSignatureException'];
    await this.refused('a wrong secret', this.impostor('GetResourceShares', list), mismatch);
    const key = ['InvalidClientTokenId', 'UnrecognizedClientException'];
    await this.refused('an unknown access key', this.nobody('GetResourceShares', list), key);
    const reply = await this.stranger('GetResourceShares', list);
    const shares = reply.resourceShares.map((share) => share.resourceShareArn);
    this.check('a stranger does not see the share', shares.includes(this.share), false);
  }

  async delete() {
    const reply = await this.call('DeleteResourceShare', {
      resourceShareArn: this.share,
      clientToken: 'sdk 1/+',
    });
    this.check('delete: is done', reply.returnValue, true);
    const left = async () => (await this.statuses()).filter((status) => status !== 'DELETED');
    this.check('delete: is gone', await until(left, []), []);
  }
}

run((tally, url, world) =>
  take(new Life(tally, url, world), ['create', 'associate', 'disassociate', 'errors', 'delete']),
);
