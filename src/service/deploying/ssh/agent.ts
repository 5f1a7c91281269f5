import { connect } from 'node:net';
import { BaseAgent, OpenSSHAgent, utils, type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2';
import { ProductError } from '../../../core/errors';
import { reasonOf } from './reasons';

/** What an SSH agent holds. */
export interface AgentKeys {
  readonly keys: readonly ParsedKey[];
  /** Keys of kinds the library cannot use: FIDO keys and certificates. */
  readonly unsupported: number;
}

// draft-ietf-sshm-ssh-agent, 3: message numbers.
const requestIdentities = 11;
const identitiesAnswer = 12;
const answerLimit = 256 * 1024;
/** Milliseconds for the list of keys; only signing may wait for a person. */
const listTimeout = 10_000;

/**
 * Asks an agent for its keys. The library's own list leaves out what it cannot use without a word, so this asks by itself.
 * @throws ProductError `host/agent-unreachable`
 */
export async function listAgentKeys(socketPath: string, hostName: string): Promise<AgentKeys> {
  let answer: Buffer;
  try {
    answer = await request(socketPath, requestIdentities);
    return readIdentities(answer);
  } catch (error) {
    throw new ProductError('host/agent-unreachable', { host: hostName, socket: socketPath, reason: reasonOf(error) }, { cause: error });
  }
}

function request(socketPath: string, type: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = connect(socketPath);
    const end = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(listTimeout, () => end(new Error('no answer')));
    socket.on('error', end);
    socket.on('close', () => end(new Error('it ended the connection')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4) return;
      const length = received.readUInt32BE(0);
      if (length > answerLimit) end(new Error('its answer is too long'));
      else if (received.length >= 4 + length) {
        resolve(received.subarray(4, 4 + length));
        socket.destroy();
      }
    });
    socket.write(Buffer.from([0, 0, 0, 1, type]));
  });
}

function readIdentities(answer: Buffer): AgentKeys {
  if (answer.length < 5 || answer[0] !== identitiesAnswer) throw new Error('it refuses to list its keys');
  const keys: ParsedKey[] = [];
  let unsupported = 0;
  let position = 5;
  const readString = (): Buffer => {
    const start = position + 4;
    position = start + answer.readUInt32BE(position);
    if (position > answer.length) throw new Error('its answer is cut off');
    return answer.subarray(start, position);
  };
  for (let left = answer.readUInt32BE(1); left > 0; left--) {
    const key = utils.parseKey(readString());
    const comment = readString().toString('utf8');
    if (key instanceof Error) {
      unsupported++;
      continue;
    }
    key.comment ||= comment;
    keys.push(key);
  }
  return { keys, unsupported };
}

/** Takes a signature that an agent is working on (it may ask a person first) and hands it on. */
export type SignWith = (signing: Promise<Buffer>, done: (error?: Error, signature?: Buffer) => void) => void;

/** Shows the library one key of an agent, so that each key is one counted try. */
export class SingleKeyAgent extends BaseAgent<ParsedKey> {
  private readonly agent: OpenSSHAgent;

  constructor(socketPath: string, private readonly key: ParsedKey, private readonly signWith: SignWith) {
    super();
    this.agent = new OpenSSHAgent(socketPath);
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [this.key]);
  }

  override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    const done = typeof options === 'function' ? options : callback;
    const signing = new Promise<Buffer>((resolve, reject) => {
      this.agent.sign(key, data, typeof options === 'function' ? {} : options, (error, signature) => {
        if (signature) resolve(signature);
        else reject(error ?? new Error('no signature'));
      });
    });
    this.signWith(signing, (error, signature) => done?.(error, signature));
  }
}
