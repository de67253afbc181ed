// The life of a resource share, as every Node client drives it; what `life.py` is to Python.
//
// A client brings its ways of writing requests: the name of a way, for people, with a function
// `connect(url, region, keys)` whose result is called with an operation and its arguments, all
// under the names of the API, and gives the members of the reply or throws a `Refused`. Nothing
// here knows how requests are written or signed. The last line is `N passed, M failed`.

'use strict';

const fs = require('node:fs');
const { isDeepStrictEqual } = require('node:util');

const SETTLE_MILLIS = 20_000;

/** What a client makes of an error of the API. */
class Refused extends Error {
  constructor(status, code, requestId, message) {
    super(`${status} ${code}: ${message}`);
    Object.assign(this, { status, code, requestId, text: message });
  }
}

/** Counts what was checked. */
class Tally {
  passed = 0;
  failed = 0;

  check(what, actual, expected) {
    if (isDeepStrictEqual(actual, expected)) {
      this.passed += 1;
      console.log(`ok      ${what}`);
      return;
    }
    this.failed += 1;
    const [wanted, got] = [expected, actual].map((value) => JSON.stringify(value));
    console.log(`FAILED  ${what}: expected ${wanted}, got ${got}`);
  }
}

/** Reads until it is as wanted or the time is over, and says what was read last. */
async function until(read, wanted) {
  const deadline = Date.now() + SETTLE_MILLIS;
  for (;;) {
    const seen = await read();
    if (isDeepStrictEqual(seen, wanted) || Date.now() > deadline) {
      return seen;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Takes one step of a life after the other. */
async function take(life, steps) {
  for (const step of steps) {
    try {
      await life[step]();
    } catch (error) {
      // A step that breaks off leaves nothing for the next to stand on.
      console.error(error);
      life.check(`${step} ends`, 'an exception', 'no exception');
      return;
    }
  }
}

/** How a request names a VSwitch. */
function vswitch(resource) {
  return { ResourceId: resource.id, ResourceType: 'VSwitch' };
}

/** One share, from its creation to its deletion, in one way of writing requests. */
class Life {
  constructor(tally, world, name, connect) {
    const { owner, outsider, 'member-a': member } = world.accounts;
    const owned = ({ type, owner }) => type === 'VSwitch' && owner === 'owner';
    this.tally = tally;
    this.name = name;
    this.call = connect(owner);
    this.stranger = connect(outsider);
    this.impostor = connect({ ...owner, access_key_secret: 'not-the-secret' });
    this.member = member.id;
    [this.first, this.second] = world.resources.filter(owned);
  }

  check(what, actual, expected) {
    this.tally.check(`${this.name}: ${what}`, actual, expected);
  }

  /** Checks that the client throws the error of the API, with its members. */
  async refused(what, reply, status, code, message = '') {
    try {
      await reply;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      this.check(`${what}: status`, error.status, status);
      this.check(`${what}: code`, error.code, code);
      this.check(`${what}: has a request id`, Boolean(error.requestId), true);
      this.check(`${what}: message`, (error.text ?? '').includes(message), true);
      return;
    }
    this.check(`${what}: is refused`, 'accepted', code);
  }

  /** The entities of one kind in the share, each with its status. */
  async associations(kind) {
    const reply = await this.call('ListResourceShareAssociations', {
      AssociationType: kind,
      ResourceShareIds: [this.share],
    });
    const rows = reply.ResourceShareAssociations ?? [];
    return rows.map((row) => `${row.EntityId} ${row.AssociationStatus}`).sort();
  }

  async settle(what, kind, wanted) {
    wanted.sort();
    this.check(what, await until(() => this.associations(kind), wanted), wanted);
  }

  /** The statuses of the shares with this id that the owner sees. */
  async statuses() {
    const reply = await this.call('ListResourceShares', {
      ResourceOwner: 'Self',
      ResourceShareIds: [this.share],
    });
    return (reply.ResourceShares ?? []).map((share) => share.ResourceShareStatus);
  }

  async remove(what) {
    const reply = await this.call('DisassociateResourceShare', {
      ResourceShareId: this.share,
      ...what,
    });
    return reply.ResourceShareAssociations ?? [];
  }

  async create() {
    const label = `sdk-${this.name.toLowerCase()}`;
    const reply = await this.call('CreateResourceShare', {
      ResourceShareName: label,
      AllowExternalTargets: false,
    });
    const share = reply.ResourceShare;
    this.share = share.ResourceShareId;
    this.check('create: name', share.ResourceShareName, label);
    this.check('create: external targets', share.AllowExternalTargets, false);
    this.check('create: is active', await until(() => this.statuses(), ['Active']), ['Active']);
  }

  async associate() {
    const both = [this.first, this.second];
    const reply = await this.call('AssociateResourceShare', {
      ResourceShareId: this.share,
      Targets: [this.member],
      Resources: both.map(vswitch),
    });
    const named = reply.ResourceShareAssociations.map((row) => row.EntityId).sort();
    const wanted = [this.member, ...both.map(({ id }) => id)].sort();
    this.check('associate: one row for each entity', named, wanted);
    await this.settle('associate: the member', 'Target', [`${this.member} Associated`]);
    const associated = both.map(({ id }) => `${id} Associated`);
    await this.settle('associate: the resources', 'Resource', associated);
  }

  async disassociate() {
    const { first, second } = this;
    const byId = await this.remove({ Resources: [vswitch(first)] });
    const named = byId.map((row) => [row.EntityId, row.AssociationType]);
    this.check('disassociate by id: rows', named, [[first.id, 'Resource']]);
    const left = [`${first.id} Disassociated`, `${second.id} Associated`];
    await this.settle('disassociate by id: only this one', 'Resource', left);
    const byArn = await this.remove({ ResourceArns: [second.arn] });
    this.check('disassociate by ARN: rows', byArn.map((row) => row.ResourceArn), [second.arn]);
    const gone = [first, second].map(({ id }) => `${id} Disassociated`);
    await this.settle('disassociate by ARN: both are gone', 'Resource', gone);
    await this.remove({ Targets: [this.member] });
    await this.settle('disassociate a member', 'Target', [`${this.member} Disassociated`]);
  }

  async errors() {
    const again = this.remove({ Targets: [this.member] });
    const message = 'You can not disassociate unassociated resource or target.';
    await this.refused('what is not associated', again, 400, 'DisassociateInvalid', message);
    const nothing = this.remove({});
    await this.refused('nothing is named', nothing, 400, 'ResourceAndTargetBothEmpty');
    const unknown = this.call('DisassociateResourceShare', {
      ResourceShareId: 'rs-Sdk0Unknown1',
      Targets: [this.member],
    });
    await this.refused('an unknown share', unknown, 404, 'EntityNotExists.ResourceShare');
    const unsigned = this.impostor('ListResourceShares', { ResourceOwner: 'Self' });
    await this.refused('a wrong secret', unsigned, 400, 'SignatureDoesNotMatch');
    const reply = await this.stranger('ListResourceShares', { ResourceOwner: 'Self' });
    const shares = (reply.ResourceShares ?? []).map((share) => share.ResourceShareId);
    this.check('a stranger does not see the share', shares.includes(this.share), false);
  }

  async delete() {
    await this.call('DeleteResourceShare', { ResourceShareId: this.share });
    this.check('delete', await until(() => this.statuses(), ['Deleted']), ['Deleted']);
  }

  play() {
    return take(this, ['create', 'associate', 'disassociate', 'errors', 'delete']);
  }
}

/** Has `play(tally, url, world)` check what the command line names, and ends with the result. */
async function run(play) {
  const [url, worldFile, ...rest] = process.argv.slice(2);
  if (worldFile === undefined || rest.length > 0) {
    console.error('usage: client.js URL WORLD.json');
    process.exit(2);
  }
  const world = JSON.parse(fs.readFileSync(worldFile, 'utf8'));
  const tally = new Tally();
  await play(tally, url, world);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exit(tally.passed > 0 && tally.failed === 0 ? 0 : 1);
}

/** Plays in each way against the server and the world that the command line names. */
function main(ways) {
  return run(async (tally, url, world) => {
    for (const [name, way] of Object.entries(ways)) {
      await new Life(tally, world, name, (keys) => way(url, world.region, keys)).play();
    }
  });
}

module.exports = { Refused, main, run, take, until };
