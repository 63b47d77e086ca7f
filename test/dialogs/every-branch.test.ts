import { describe, expect, test } from '@jest/globals';
import { walkDialog } from '../../src/dialogs/authoring/walk-dialog.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { loadTrees } from '../support/load-trees.ts';
import { driveWalk } from '../support/walk-driver.ts';

const { dialogs, byId, engine } = loadTrees();

describe.each(dialogs.map((dialog) => [dialog.id, dialog] as const))('%s', (_, dialog) => {
  const { walks, unreachable } = walkDialog(dialog, byId);

  test('has no exit that no way can take', () => {
    expect(unreachable).toEqual([]);
  });

  test.each(walks.map((walk) => [`${walk.through.node} / ${walk.through.exit} → ${walk.ending}`, walk] as const))(
    'reaches an ending through %s',
    async (__, walk) => {
      const { taken, replies } = await driveWalk(engine, byId, dialog, walk);
      expect(taken).toEqual(walk.steps);
      expect(replies.length).toBeGreaterThan(0);
      expect(replies.map(toPlainText).join('\n')).not.toMatch(/[{}]|undefined/);
    },
  );
});
