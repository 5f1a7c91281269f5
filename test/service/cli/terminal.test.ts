import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createTerminal, type TerminalInput } from '../../../src/cli/terminal';

/** A keyboard that a test types on, and its raw mode. */
function createKeyboard(isTTY = true, onRawMode: () => void = () => undefined) {
  const stream = new PassThrough();
  const modes: boolean[] = [];
  const keyboard = Object.assign(stream, {
    isTTY,
    setRawMode: (mode: boolean) => {
      modes.push(mode);
      onRawMode();
      return keyboard;
    },
  });
  return { keyboard: keyboard as unknown as TerminalInput, modes, type: (text: string) => stream.write(text), end: () => stream.end() };
}

function createScreen(isTTY = true, columns = 20) {
  let text = '';
  const screen = { isTTY, columns, write: (piece: string) => { text += piece; return true; } };
  return { screen, read: () => text };
}

describe('the terminal of the command line', () => {
  it('asks for a line and shows what is typed, with backspace', async () => {
    const { keyboard, modes, type } = createKeyboard();
    const notes = createScreen();
    const terminal = createTerminal(keyboard, createScreen().screen, notes.screen);
    const answer = terminal.ask('Stop? ');
    type('nx\u007fo\r');
    assert.equal(await answer, 'no');
    assert.equal(notes.read(), 'Stop? nx\b \bo\n');
    assert.deepEqual(modes, [true, false]);
  });

  it('never echoes a hidden answer', async () => {
    const { keyboard, type } = createKeyboard();
    const notes = createScreen();
    const terminal = createTerminal(keyboard, createScreen().screen, notes.screen);
    const answer = terminal.ask('Password: ', { hidden: true });
    type('hunt');
    type('er3\u007f2\n');
    assert.equal(await answer, 'hunter2');
    assert.equal(notes.read(), 'Password: \n');
  });

  it('turns the echo off before the question can be seen', async () => {
    const notes = createScreen();
    const seen: string[] = [];
    const { keyboard, type } = createKeyboard(true, () => seen.push(notes.read()));
    const answer = createTerminal(keyboard, createScreen().screen, notes.screen).ask('Password: ', { hidden: true });
    type('x\r');
    await answer;
    assert.equal(seen[0], '');
  });

  for (const [name, key] of [['Ctrl+C', '\u0003'], ['Ctrl+D', '\u0004']] as const) {
    it(`takes ${name} as declined`, async () => {
      const { keyboard, modes, type } = createKeyboard();
      const answer = createTerminal(keyboard, createScreen().screen, createScreen().screen).ask('Password: ', { hidden: true });
      type(`half${key}`);
      assert.equal(await answer, undefined);
      assert.deepEqual(modes, [true, false]);
    });
  }

  it('takes the end of the input as declined', async () => {
    const { keyboard, end } = createKeyboard();
    const answer = createTerminal(keyboard, createScreen().screen, createScreen().screen).ask('Password: ');
    end();
    assert.equal(await answer, undefined);
  });

  it('puts questions one after the other, each with its own answer', async () => {
    const { keyboard, type } = createKeyboard();
    const notes = createScreen();
    const terminal = createTerminal(keyboard, createScreen().screen, notes.screen);
    const first = terminal.ask('A: ', { hidden: true });
    const second = terminal.ask('B: ', { hidden: true });
    await new Promise(setImmediate);
    assert.equal(notes.read(), 'A: ');
    type('one\r');
    assert.equal(await first, 'one');
    await new Promise(setImmediate);
    type('two\r');
    assert.equal(await second, 'two');
    assert.equal(notes.read(), 'A: \nB: \n');
  });

  it('takes an open question back when it is closed, and puts no other one', async () => {
    const { keyboard, modes } = createKeyboard();
    const terminal = createTerminal(keyboard, createScreen().screen, createScreen().screen);
    const open = terminal.ask('A: ');
    const waiting = terminal.ask('B: ');
    await new Promise(setImmediate);
    terminal.close();
    assert.deepEqual([await open, await waiting], [undefined, undefined]);
    assert.deepEqual(modes, [true, false]);
  });

  it('lets Ctrl+C interrupt the work, except while a question is open', async () => {
    const { keyboard, type } = createKeyboard();
    const terminal = createTerminal(keyboard, createScreen().screen, createScreen().screen);
    let interrupts = 0;
    const end = terminal.onInterrupt(() => { interrupts += 1; });
    const answer = terminal.ask('A: ');
    await new Promise(setImmediate);
    process.emit('SIGINT');
    assert.equal(interrupts, 0);
    type('\r');
    await answer;
    process.emit('SIGINT');
    assert.equal(interrupts, 1);
    end();
  });

  it('keeps one progress line, cut to the width, and takes it away before anything else is written', () => {
    const notes = createScreen(true, 10);
    const terminal = createTerminal(createKeyboard().keyboard, createScreen().screen, notes.screen);
    terminal.progress('Importing a.tar.gz');
    terminal.progress('Importing a.tar.gz');
    terminal.note('done');
    terminal.progress('');
    assert.equal(notes.read(), 'Importing\r\u001b[2Kdone\n');
  });

  it('writes no progress line where there is no terminal', () => {
    const notes = createScreen(false);
    createTerminal(createKeyboard(false).keyboard, createScreen(false).screen, notes.screen).progress('50 %');
    assert.equal(notes.read(), '');
  });

  it('does not let names and messages act on a terminal, and gives a pipe the text as it is', () => {
    const [screen, pipe] = [createScreen(true), createScreen(false)];
    const hostile = 'line\n\u001b]0;title\u0007\u001b[2Jname\u202etxt';
    createTerminal(createKeyboard().keyboard, screen.screen, createScreen().screen).out(hostile);
    createTerminal(createKeyboard().keyboard, pipe.screen, createScreen().screen).out(hostile);
    assert.equal(screen.read(), 'line\nnametxt\n');
    assert.equal(pipe.read(), `${hostile}\n`);
  });

  it('is interactive only with a keyboard and a screen for questions', () => {
    const interactive = (input: boolean, notes: boolean) => createTerminal(createKeyboard(input).keyboard, createScreen(false).screen, createScreen(notes).screen).interactive;
    assert.deepEqual([interactive(true, true), interactive(true, false), interactive(false, true)], [true, false, false]);
  });
});
